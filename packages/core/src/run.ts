import { planRun, type RunPlan } from '@aegis/engine';
import type { CheckpointStore, Report, RunEvent } from '@aegis/spec';
import { ByteBudget, withinBudget } from './byte-budget.js';
import { Executor } from './executor.js';
import { checkFingerprint, type Fingerprint, fingerprintOf, loadFingerprint, saveFingerprint } from './fingerprint.js';
import { openJournal } from './journal.js';
import { messageOf } from './message-of.js';
import { ModelLedger } from './narration/ledger.js';
import { buildReport } from './nodes/report.js';
import type { PipelineOptions } from './pipeline-types.js';
import { checkMaxBytes } from './plan-tables.js';
import type { RunPorts } from './ports.js';
import type { RunState } from './run-state.js';
import { baselineOf, clockOf, executeOptionsOf, noGuard, redactOf, severityOf, typesOf } from './settings.js';

type Emit = (event: RunEvent) => void;

/**
 * Runs the pipeline once and announces everything through `emit`; the last event carries the report.
 * @throws ConfigError, PlanError when the run cannot start. Afterwards problems are results.
 */
export const runPipeline = async (runId: string, options: PipelineOptions, emit: Emit): Promise<void> => {
  const startedAt = new Date();
  const continued = options.resume ? await loadFingerprint(options.checkpoints, runId) : undefined;
  const budget = options.maxBytes === undefined ? undefined : new ByteBudget(options.maxBytes);
  const { ports, executor, journal, fingerprint } = setUp(runId, withinBudget(options, budget), continued, emit);
  if (continued) {
    checkFingerprint(runId, continued, fingerprint);
    await ports.ledger.takeOver();
  }
  budget?.reserve(await checkMaxBytes(runId, options));

  const warehouses = warehousesOf(ports.plan, options.defaultWarehouse);
  if (!continued) executor.startAll();
  emit({
    type: 'run_started',
    runId,
    rules: options.rules.length - ports.plan.skipped.length,
    tables: ports.plan.tables.map(({ table }) => table),
  });
  await journal.write((audit) => audit.startRun(startOf(runId, options, startedAt)));
  await ports.ledger.completeTrail();
  const store = await openCheckpoints(runId, options.checkpoints, fingerprint, journal.note);
  const state = await invokeGraph(runId, ports, store, continued !== undefined);
  const status = options.signal?.aborted ? 'cancelled' : 'completed';
  const rulesFiles = options.rulesFiles ?? [];
  const report = buildReport(state, ports, { startedAt, finishedAt: new Date(), rulesFiles, warehouses, status });
  await journal.write((audit) => audit.finishRun(runId, report));
  if (status === 'completed') await store?.deleteScope(runId).catch(() => undefined);
  emit({ type: 'run_finished', report: withNotes(report, journal.notes) });
};

/** Of tables, and of both sides of what is reconciled. */
const warehousesOf = ({ tables, reconcile }: RunPlan, defaultWarehouse: string): readonly string[] => {
  const sides = reconcile.flatMap(({ scope: { warehouse = defaultWarehouse, sourceWarehouse = warehouse } }) => [
    warehouse,
    sourceWarehouse,
  ]);
  return [...new Set([...tables.map(({ warehouse }) => warehouse), ...sides])];
};

const setUp = (runId: string, options: PipelineOptions, continued: Fingerprint | undefined, emit: Emit) => {
  const { rules, defaultWarehouse, includeDrafts, lineage, narrator } = options;
  const clock = clockOf(options, continued);
  const plan = planRun(rules, { types: typesOf(options), defaultWarehouse, includeDrafts });
  const execute = executeOptionsOf(runId, clock, options, emit);
  const executor = new Executor(plan, execute, { ...options, concurrency: options.concurrency ?? 4, emit });
  for (const warehouse of warehousesOf(plan, defaultWarehouse)) executor.warehouse(warehouse);
  const journal = openJournal(runId, options.audit, emit);
  const ports: RunPorts = {
    ...{ runId, plan, lineage, narrator, journal, emit },
    ledger: new ModelLedger({ runId, journal, store: options.checkpoints, narrator, signal: options.signal }),
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    severity: severityOf(options),
    baseline: baselineOf(options),
    options: executor.options,
    warehouseOf: (rule) => executor.warehouseOf(rule),
    describe: (rule) => executor.describe(rule),
    loadGuard: options.loadGuard ?? noGuard,
    executeTable: (taskId) => executor.table(taskId),
    startedTable: (taskId) => executor.started(taskId),
    executeReconcile: (rule) => executor.reconcile(rule),
    limited: (work) => executor.limited(work),
    redact: redactOf(options),
    results: new Map(),
    failures: new Map(),
    finished: new Map(),
  };
  return { ports, executor, journal, fingerprint: fingerprintOf(rules, defaultWarehouse, clock) };
};

const startOf = (runId: string, options: PipelineOptions, startedAt: Date) => ({
  runId,
  kind: 'run' as const,
  startedAt: startedAt.toISOString(),
  rulesFiles: options.rulesFiles ?? [],
  warehouse: options.defaultWarehouse,
  llm: options.narrator ? `${options.narrator.provider}/${options.narrator.model}` : null,
});

/** Checkpoints that cannot be written cost the run its resumability and a note. */
const openCheckpoints = async (
  runId: string,
  store: CheckpointStore | undefined,
  fingerprint: Fingerprint,
  note: (message: string) => void,
): Promise<CheckpointStore | undefined> => {
  if (!store) return undefined;
  try {
    await saveFingerprint(store, runId, fingerprint);
    return store;
  } catch (error) {
    note(`The run cannot be resumed: ${messageOf(error)}`);
    return undefined;
  }
};

const invokeGraph = async (
  runId: string,
  ports: RunPorts,
  store: CheckpointStore | undefined,
  isResumed: boolean,
): Promise<RunState> => {
  const [{ buildGraph }, { StoreCheckpointSaver }] = await Promise.all([
    import('./graph.js'),
    import('./checkpoint-saver.js'),
  ]);
  const graph = buildGraph(ports, store && new StoreCheckpointSaver(store));
  const config = { configurable: { thread_id: runId } };
  try {
    return await graph.invoke(isResumed ? null : { outcomes: {} }, config);
  } catch (error) {
    if (!ports.options.signal?.aborted) throw error;
    const saved: Partial<RunState> = store ? (await graph.getState(config)).values : {};
    return { outcomes: { ...saved.outcomes, ...Object.fromEntries(ports.finished) } };
  }
};

/** The audit trail may have failed while the report was being stored. */
const withNotes = (report: Report, notes: readonly string[]): Report => ({
  ...report,
  notes: [...new Set([...report.notes, ...notes])],
});
