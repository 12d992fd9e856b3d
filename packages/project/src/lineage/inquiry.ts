import type { LineageGraph } from '@aegis/lineage';
import type { Redactor } from '@aegis/llm/redaction';
import type { ImportAdapter, LanguageModel, ModelSpend, NarratorSession, Report } from '@aegis/spec';
import { loadProject, type Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { modelRunReport } from '../history/model-run-report.js';
import { historyPath, openHistoryForRun } from '../history/open-history.js';
import { redactedAudit } from '../history/redacted-audit.js';
import { RunJournal } from '../history/run-journal.js';
import { loadChosen, modelLimits } from '../ports/open-model.js';
import { type RunMasking, runMasking } from '../redaction/run-masking.js';
import { type WarehouseNames, warehouseNames } from '../warehouses/warehouse-names.js';
import type { Asked, ExplainTableOptions } from './ask-options.js';
import { chooseAiModel } from './choose-ai-model.js';
import { exploreLineage, findDataset } from './explore-lineage.js';

/** A question about a table, with everything read that can be wrong before a model is asked. */
export interface Inquiry {
  readonly kind: 'explain' | 'debug';
  readonly options: ExplainTableOptions;
  readonly project: Project;
  readonly names: WarehouseNames;
  readonly graph: LineageGraph;
  readonly table: string;
  readonly model: LanguageModel;
  readonly masking: RunMasking;
  readonly effects: Effects;
}

/** What both kinds of questions hand to core. */
export interface QuestionParts {
  readonly graph: LineageGraph;
  readonly redactor: Redactor;
  readonly signal: AbortSignal | undefined;
  readonly importPackage: ImportAdapter;
  /** For `createAiProvider`. */
  readonly providerOptions: { readonly model: LanguageModel; readonly session: NarratorSession };
}

/** What a question came to, for its record. */
export interface Outcome {
  readonly answer: string;
  readonly cost: ModelSpend;
  readonly isComplete: boolean;
  readonly notes: readonly string[];
}

/** @throws ConfigError, LineageError for the command line, aegis.yaml, the sources of lineage and the table */
export const openInquiry = async (
  kind: Inquiry['kind'],
  options: ExplainTableOptions,
  effects: Effects,
): Promise<Inquiry> => {
  const project = await loadProject(options, effects);
  const { requireLineageAi } = await import('@aegis/core');
  await requireLineageAi(importerOf(project, effects));
  const names = warehouseNames(project, options, effects.cwd);
  const { graph } = await exploreLineage(options, effects);
  const { id: table } = findDataset(graph, options.table);
  const model = await loadChosen(chooseAiModel(options, project, effects), project, effects);
  const masking = runMasking(project.config, undefined, effects.secrets);
  return { kind, options, project, names, graph, table, model, masking, effects };
};

/**
 * Asks within a run of the audit trail, which is finished also when asking fails.
 * @throws what asking throws
 */
export const recordedInquiry = async <Answer>(
  inquiry: Inquiry,
  ask: (parts: QuestionParts, journal: RunJournal) => Promise<Answer>,
  outcomeOf: (answer: Answer) => Outcome,
): Promise<Answer & Asked> => {
  const { project, options, effects, masking, model, table } = inquiry;
  const history = await openHistoryForRun(historyPath(options, project, effects));
  const { newRunId } = await import('@aegis/core');
  const runId = newRunId(effects.now());
  const journal = new RunJournal(
    runId,
    history.store && redactedAudit(history.store, masking.redactor, masking.stored),
  );
  const name = `${model.provider}/${model.model}`;
  options.onModel?.(name);
  try {
    const answer = await kept(
      inquiry,
      { runId, journal, name },
      () => ask(partsOf(inquiry, journal), journal),
      outcomeOf,
    );
    const notes = [...(history.note === undefined ? [] : [history.note]), ...journal.notes];
    return { ...answer, table, question: options.question ?? null, model: name, runId, notes };
  } finally {
    await history.store?.close().catch(() => undefined);
  }
};

const importerOf =
  ({ directory }: Project, { importFrom, cwd }: Effects): ImportAdapter =>
  (specifier) =>
    importFrom(specifier, [directory, cwd]);

const partsOf = (
  { kind, graph, masking, model, options, project, effects }: Inquiry,
  journal: RunJournal,
): QuestionParts => ({
  ...{ graph, redactor: masking.redactor, signal: effects.signal },
  importPackage: importerOf(project, effects),
  providerOptions: { ...modelLimits(options, project), model, session: journal.session(kind, effects.signal) },
});

interface Recording {
  readonly runId: string;
  readonly journal: RunJournal;
  readonly name: string;
}

const kept = async <Answer>(
  inquiry: Inquiry,
  { runId, journal, name }: Recording,
  ask: () => Promise<Answer>,
  outcomeOf: (answer: Answer) => Outcome,
): Promise<Answer> => {
  const { kind, names, effects, options } = inquiry;
  const startedAt = effects.now();
  const warehouse = names.defaultName;
  const finish = (status: Report['status'], outcome: Outcome | undefined) =>
    journal.finish(reportOf(inquiry, { runId, status, startedAt, outcome }));
  await journal.start({
    ...{ runId, kind, startedAt: startedAt.toISOString(), rulesFiles: [], warehouse, llm: name },
  });
  try {
    const answer = await journal.step(kind, options.table, ask);
    const outcome = outcomeOf(answer);
    await finish(outcome.isComplete ? 'completed' : 'incomplete', outcome);
    return answer;
  } catch (error) {
    await finish(effects.signal?.aborted ? 'cancelled' : 'incomplete', undefined);
    throw error;
  }
};

interface Ending {
  readonly runId: string;
  readonly status: Report['status'];
  readonly startedAt: Date;
  readonly outcome: Outcome | undefined;
}

const reportOf = ({ options, names, model, effects }: Inquiry, { outcome, ...ending }: Ending): Report =>
  modelRunReport({
    ...{ ...ending, finishedAt: effects.now(), now: ending.startedAt.toISOString(), output: undefined },
    ...{ warehouse: names.defaultName, llm: { provider: model.provider, model: model.model } },
    ...{ results: [], statements: 0, bytesScanned: null, spent: outcome?.cost ?? null },
    notes: [
      `Table: ${options.table}`,
      ...(options.question === undefined ? [] : [`Question: ${options.question}`]),
      ...(outcome === undefined ? [] : [`Answer: ${outcome.answer}`, ...outcome.notes]),
    ],
  });
