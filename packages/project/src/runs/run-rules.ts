import type { AuditStore } from '@aegis/audit';
import type { Pipeline } from '@aegis/core';
import type { OpenedLineage } from '@aegis/lineage/node';
import { exitCode } from '@aegis/report';
import { ConfigError, type Narrator, type Report, type RunEvent } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { historyPath, openHistoryForRun } from '../history/open-history.js';
import { redactedAudit } from '../history/redacted-audit.js';
import { openNotifier } from '../notify/notify.js';
import { chooseModel } from '../ports/choose-model.js';
import { lineageNotes, loadLineage } from '../ports/lineage.js';
import { loadNarrator } from '../ports/narrator.js';
import { openRunEvents, type RunEvents } from '../ports/run-events.js';
import { type RunMasking, runMasking } from '../redaction/run-masking.js';
import { runSalt } from '../redaction/run-salt.js';
import { checkOutputs, writeReports } from '../reports/write-reports.js';
import { pipelineOptions } from './pipeline-options.js';
import { comparesTables, openRuleSet, type RuleSet } from './rule-set.js';
import type { RunOptions } from './run-options.js';

export interface FinishedRun {
  /** As it was stored and written: row values masked. */
  readonly report: Report;
  /** For the terminal only: with `samples: full`, row values as they are. */
  readonly shown: Report;
  /** 0 passed, 1 rules failed, 3 incomplete. */
  readonly exitCode: 0 | 1 | 3;
  /** Whether `resume` could go on where this run stopped. */
  readonly isResumable: boolean;
  /** Files that could not be written after all, e.g. because the disk filled up during the run. */
  readonly unwritten: readonly ConfigError[];
}

/**
 * Runs rules: yields progress as it happens (row values masked) and returns what it came to. Leaving the loop, or the
 * signal, cancels the statements in the warehouse; after the signal, what is known is still reported and written.
 * @throws ConfigError, RuleFileError, GuardError, PlanError when the run cannot start
 */
export async function* runRules(options: RunOptions, effects: Effects): AsyncGenerator<RunEvent, FinishedRun> {
  await checkOutputs(options.outputs ?? [], effects.cwd);
  const ruleSet = await openRuleSet(options, effects);
  const history = await openHistoryForRun(historyPath(options, ruleSet.project, effects));
  try {
    const run = await runIdentity(options, ruleSet, history.store, effects);
    const masking = runMasking(ruleSet.project.config, options.samples, effects.secrets, run.salt);
    const narrator = await loadNarrator(options, ruleSet.project, effects, masking);
    const lineage = await openLineageOf(options, ruleSet, effects);
    const told = await openRunEvents(options, ruleSet.project, effects, lineage?.graph);
    const notifier = openNotifier(options, ruleSet.rules, ruleSet.project, effects);
    const lasting = [
      ...(history.note === undefined ? [] : [history.note]),
      ...(lineage ? lineageNotes(lineage) : []),
      ...(notifier?.notes ?? []),
    ];
    for (const message of startingNotes(options, ruleSet, narrator, lasting)) yield { type: 'note', message };
    yield* notes(told?.started({ runId: run.runId, startedAt: effects.now().toISOString() }));
    const pipeline = await createRun({
      ...{ options, ruleSet, run, masking, narrator, lineage, effects },
      store: history.store,
    });
    const finished = yield* events(pipeline, lasting, masking);
    const report = { ...finished, ...(await auditHead(history.store)) };
    yield* notes(told?.finished(masking.report(report)));
    yield* notes(notifier?.finished(masking.report(report)));
    return {
      report: masking.report(report),
      shown: masking.shown(report),
      exitCode: exitCode(report, { failOn: options.failOn }),
      isResumable: report.status !== 'completed' && history.store !== undefined,
      unwritten: await writeReports(options.outputs ?? [], masking.report(report), effects.cwd),
    };
  } finally {
    await Promise.allSettled([ruleSet.warehouses.close(), history.store?.close()]);
  }
}

/** Nothing where nobody is told of the run. */
async function* notes(sent: ReturnType<RunEvents['started']> | undefined): AsyncGenerator<RunEvent> {
  for (const message of (await sent) ?? []) yield { type: 'note', message };
}

const openLineageOf = (
  options: RunOptions,
  { project, names, warehouses }: RuleSet,
  effects: Effects,
): Promise<OpenedLineage | undefined> => {
  const parserName = warehouses.byName[names.defaultName]?.dialect.parserName;
  return loadLineage({ lineage: options.lineage, history: options.history, parserName }, project, effects);
};

const startingNotes = (
  { llm, where }: RunOptions,
  { rules }: RuleSet,
  narrator: Narrator | undefined,
  lasting: readonly string[],
): readonly string[] => [
  ...(llm !== false && !narrator ? ['No language model is configured; going on without one.'] : []),
  ...(where !== undefined && rules.some(comparesTables)
    ? ['--where narrows only the target of rules that compare two tables, not their source.']
    : []),
  ...lasting,
];

interface RunParts {
  readonly run: RunIdentity;
  readonly options: RunOptions;
  readonly ruleSet: RuleSet;
  readonly store: AuditStore | undefined;
  readonly masking: RunMasking;
  readonly narrator: Narrator | undefined;
  readonly lineage: OpenedLineage | undefined;
  readonly effects: Effects;
}

const createRun = async ({ options, ruleSet, run, store, masking, effects, ...ports }: RunParts): Promise<Pipeline> => {
  const { createPipeline } = await import('@aegis/core');
  return createPipeline({
    ...pipelineOptions(ruleSet, options, effects),
    concurrency: options.concurrency,
    sampleRows: options.samples === 'none' ? 0 : options.sampleRows,
    maxBytes: options.maxBytes,
    narrator: ports.narrator,
    lineage: ports.lineage,
    runId: run.runId,
    resume: run.isResumed,
    redact: masking.result,
    baseline: { mode: ruleSet.project.config.root_cause.baseline, mayKeep: masking.mayKeep },
    ...(store && { history: store, checkpoints: store, audit: redactedAudit(store, masking.redactor, masking.stored) }),
  });
};

/** Known only once the report is part of the chain. */
const auditHead = async (store: AuditStore | undefined): Promise<Pick<Report, 'audit_head'>> => {
  const head = await store?.head().catch(() => undefined);
  return head === undefined ? {} : { audit_head: head.hash };
};

interface RunIdentity {
  readonly runId: string;
  readonly isResumed: boolean;
  /** For the tokens that are shown to a model; `undefined` where they need not outlive this process. */
  readonly salt: Uint8Array | undefined;
}

const runIdentity = async (
  options: RunOptions,
  { project }: RuleSet,
  store: AuditStore | undefined,
  effects: Effects,
): Promise<RunIdentity> => {
  const resumed = await resumedRunId(options, store);
  const runId = resumed ?? (await import('@aegis/core')).newRunId(effects.now());
  const isNarrated = chooseModel(options, project, effects) !== undefined;
  const salt = store && isNarrated ? await runSalt(runId, effects) : undefined;
  return { runId, isResumed: resumed !== undefined, salt };
};

/** The whole id of the run to continue. */
const resumedRunId = async ({ resume }: RunOptions, store: AuditStore | undefined): Promise<string | undefined> => {
  if (resume === undefined) return undefined;
  if (store) return (await store.run(resume)).runId;
  throw new ConfigError('usage', `run ${resume} cannot be continued without the history that recorded it`);
};

async function* events(
  pipeline: Pipeline,
  lasting: readonly string[],
  masking: RunMasking,
): AsyncGenerator<RunEvent, Report> {
  let finished: Report | undefined;
  for await (const event of pipeline.stream()) {
    if (event.type === 'run_finished') finished = withNotes(event.report, lasting);
    yield masking.event(event.type === 'run_finished' && finished ? { ...event, report: finished } : event);
  }
  if (!finished) throw new Error('the run ended without a report');
  return finished;
}

const withNotes = (report: Report, lasting: readonly string[]): Report => ({
  ...report,
  notes: [...lasting, ...report.notes],
});
