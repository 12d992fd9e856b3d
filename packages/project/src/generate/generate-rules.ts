import { dirname, resolve } from 'node:path';
import { Catalog } from '@aegis/engine';
import type { ModelRuntime } from '@aegis/llm';
import { Redactor } from '@aegis/llm/redaction';
import { loadProject, type Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { historyPath, openHistoryForRun } from '../history/open-history.js';
import { redactedAudit } from '../history/redacted-audit.js';
import { checkNew, writeWhole } from '../output/output-file.js';
import { openModel } from '../ports/open-model.js';
import { type RunMasking, runMasking } from '../redaction/run-masking.js';
import { loadGuard } from '../runs/rule-set.js';
import { type OpenWarehouses, openWarehouses } from '../warehouses/open-warehouses.js';
import { type WarehouseNames, warehouseNames } from '../warehouses/warehouse-names.js';
import type { Trial } from './check/check-drafts.js';
import { readDocuments } from './documents/read-documents.js';
import { counted } from './draft/amounts.js';
import type { DraftContext } from './draft/draft.js';
import { type Drafted, type Drafting, draftRules } from './drafting.js';
import { readExistingRules } from './existing-rules.js';
import type { GeneratedRules, GenerateOptions } from './generate-options.js';
import { generateReport } from './generate-report.js';
import { GenerateJournal } from './journal.js';
import { measuringRule, type TableSource } from './profile/measure.js';
import { type RulesFrame, renderRules } from './rules-text.js';
import { findTarget, type KnownTable, otherTables, siblingFiles } from './table-target.js';

/** Opens the model that was named; `undefined` where none was. */
export type OpenRuntime = (
  options: GenerateOptions,
  project: Project,
  effects: Effects,
) => Promise<ModelRuntime | undefined>;

const defaultMostRules = 20;
const defaultOwner = 'data-team';

/**
 * Drafts rules for a table from its schema, from what is measured of it and, with a model, from business documents.
 * Every rule was tried on the data before it is written.
 * @throws ConfigError, RuleError, PlanError, WarehouseError when nothing can be drafted
 */
export const generateRules = (options: GenerateOptions, effects: Effects): Promise<GeneratedRules> =>
  generateWith(options, effects, openModel);

/** The same with a model from elsewhere. */
export const generateWith = async (
  options: GenerateOptions,
  effects: Effects,
  openRuntime: OpenRuntime,
): Promise<GeneratedRules> => {
  const request = await prepare(options, effects, openRuntime);
  const history = await openHistoryForRun(historyPath(options, request.project, effects));
  const { newRunId } = await import('@aegis/core');
  const runId = newRunId(effects.now());
  const { masking } = request;
  const journal = new GenerateJournal(
    runId,
    history.store && redactedAudit(history.store, masking.redactor, masking.stored),
  );
  const warehouses = await openWarehouses(...warehouseRequest(request), effects);
  try {
    const generated = await record({ request, runId, journal, effects, warehouses });
    const notes = [...(history.note === undefined ? [] : [history.note]), ...generated.notes, ...journal.notes];
    return { ...generated, notes };
  } finally {
    await Promise.allSettled([warehouses.close(), history.store?.close()]);
  }
};

/** What was asked for, with everything read that can be wrong before the warehouse is. */
interface Request {
  readonly options: GenerateOptions;
  readonly project: Project;
  readonly names: WarehouseNames;
  readonly target: KnownTable;
  readonly siblings: readonly KnownTable[];
  readonly rulesFolder: string;
  readonly output: string | undefined;
  readonly documents: Drafting['documents'];
  readonly existing: Drafting['existing'];
  readonly runtime: ModelRuntime | undefined;
  readonly masking: RunMasking;
}

const prepare = async (options: GenerateOptions, effects: Effects, openRuntime: OpenRuntime): Promise<Request> => {
  const { cwd } = effects;
  const output = options.output === undefined ? undefined : resolve(cwd, options.output);
  const rulesFolder = output === undefined ? cwd : dirname(output);
  const target = await findTarget(options.table, cwd, rulesFolder);
  const documents = await readDocuments(options.documents ?? [], cwd);
  if (output !== undefined) await checkNew(output, options);
  const project = await loadProject(options, effects);
  const names = warehouseNames(project, options, cwd);
  const existing = await readExistingRules(target.table, names, {
    ...{ paths: options.rules, projectFolder: project.directory, cwd, replaced: output },
  });
  const runtime = await openRuntime(options, project, effects);
  const masking = runMasking(project.config, undefined, effects.secrets);
  const siblings = await siblingFiles(target, rulesFolder);
  return {
    ...{ options, project, names, target, siblings, rulesFolder, output, documents, existing },
    runtime,
    masking,
  };
};

/** The table and the files beside it may be read, and nothing else. */
const warehouseRequest = ({ names, target, siblings, project }: Request) => {
  const read = [target, ...siblings].map(({ table, written }) =>
    measuringRule({ id: written, type: 'profile_rows', params: {} }, { table, warehouseName: names.defaultName }),
  );
  return [[names.defaultName], read, names, project] as const;
};

interface Recording {
  readonly request: Request;
  readonly runId: string;
  readonly journal: GenerateJournal;
  readonly effects: Effects;
  readonly warehouses: OpenWarehouses;
}

/** Drafts within a run of the audit trail, which is finished whatever comes. */
const record = async (recording: Recording): Promise<GeneratedRules> => {
  const { request, runId, journal, effects } = recording;
  const { names, runtime, output } = request;
  const startedAt = effects.now();
  const llm = runtime ? { provider: runtime.provider, model: runtime.model } : null;
  const warehouse = names.defaultName;
  await journal.start({
    ...{ runId, kind: 'generate', startedAt: startedAt.toISOString(), warehouse },
    rulesFiles: output === undefined ? [] : [request.options.output ?? output],
    llm: llm && `${llm.provider}/${llm.model}`,
  });
  const finish = (status: 'completed' | 'cancelled' | 'incomplete', drafted?: Drafted) =>
    journal.finish(
      generateReport({
        ...{ runId, status, startedAt, finishedAt: effects.now(), now: startedAt.toISOString(), warehouse, llm },
        output: request.options.output,
        results: drafted?.chosen.map(({ result }) => result) ?? [],
        statements: drafted?.statements ?? 0,
        bytesScanned: drafted ? drafted.bytesScanned : null,
        spent: runtime?.spent() ?? null,
        notes: drafted?.leftOut.map(({ what, reason }) => `Left out: ${what}: ${reason}`) ?? [],
      }),
    );
  try {
    const { drafting, frame } = await draftingOf(recording);
    const drafted = await draftRules(drafting);
    const text = await writeRules(drafted, frame, request);
    await finish(drafted.isComplete ? 'completed' : 'incomplete', drafted);
    return generatedOf(drafted, text, recording);
  } catch (error) {
    await finish(effects.signal?.aborted ? 'cancelled' : 'incomplete');
    throw error;
  }
};

const draftingOf = async (
  recording: Recording,
): Promise<{ readonly drafting: Drafting; readonly frame: RulesFrame }> => {
  const { request, journal, effects, warehouses } = recording;
  const { options, project, names, target, rulesFolder, documents, existing, runtime, masking, siblings } = request;
  const source = sourceOf(recording);
  const frame: RulesFrame = {
    ...{ target, owner: options.owner ?? defaultOwner, header: [] },
    warehouse: writtenWarehouse(request, effects),
  };
  const trial: Trial = { source, frame, rulesFolder, project, names, warehouses, effects };
  const parents = [...siblings, ...(await otherTables(target, source.warehouse))];
  return {
    frame,
    drafting: {
      ...{ target, parents, existing, trial, documents, runtime, masking, journal },
      context: contextOf(request, source, effects),
      showsValues: project.config.redaction.samples !== 'none',
      mostRules: options.maxRules ?? defaultMostRules,
      onProgress: options.onProgress ?? (() => undefined),
    },
  };
};

const sourceOf = ({ request, runId, effects, warehouses }: Recording): TableSource => {
  const { names, project, options, target } = request;
  const warehouse = warehouses.byName[names.defaultName];
  if (!warehouse) throw new Error(`warehouse ${names.defaultName} was not opened`);
  return {
    table: target.table,
    warehouse,
    warehouseName: names.defaultName,
    catalog: new Catalog(warehouse),
    execution: {
      runId,
      loadGuard,
      now: effects.now().toISOString(),
      timezone: project.config.timezone ?? 'UTC',
      project: project.name,
      timeoutMs: options.timeoutMs,
      signal: effects.signal,
    },
  };
};

/** A masker that forgets: asking whether a value is personal is not to count as having seen it. */
const contextOf = ({ project }: Request, { execution }: TableSource, { secrets }: Effects): DraftContext => {
  const { mask_columns: maskColumns, keep_columns: keepColumns } = project.config.redaction;
  return {
    now: execution.now,
    timezone: execution.timezone,
    isPersonal: (column, value = 'value') =>
      new Redactor({ maskColumns, keepColumns }, secrets).cell(column, value) !== value,
    isCovered: () => false,
  };
};

/** Written into the rules where a run without flags would look elsewhere. */
const writtenWarehouse = ({ project, names }: Request, { cwd }: Effects): string | undefined => {
  const { name, configured } = names.find(names.defaultName);
  return configured && warehouseNames(project, {}, cwd).defaultName !== name ? name : undefined;
};

/** The text, written to the file that was named; an empty one is not written. */
const writeRules = async (drafted: Drafted, frame: RulesFrame, request: Request): Promise<string> => {
  if (drafted.chosen.length === 0) return '';
  const drafts = drafted.chosen.map(({ draft }) => draft);
  const text = renderRules(drafts, { ...frame, header: headerOf(drafted, request) });
  if (request.output !== undefined) await writeWhole(request.output, text);
  return text;
};

const headerOf = ({ profile }: Drafted, { target, documents, runtime }: Request): readonly string[] => [
  `Drafted by aegis generate from ${target.written}: ${counted(profile.rows, 'row')}, ${counted(profile.columns.length, 'column')}.`,
  ...(runtime && documents.length > 0 ? [`Documents: ${documents.map(({ name }) => name).join(', ')}.`] : []),
  'Every rule was tried on the data. Read them, say who owns them, and delete what does not matter.',
];

const generatedOf = (drafted: Drafted, text: string, { request, runId }: Recording): GeneratedRules => {
  const { options, documents, existing, runtime } = request;
  const drafts = drafted.chosen.map(({ draft }) => draft);
  return {
    text,
    rules: drafts.map(({ id }) => id),
    violated: drafts.filter(({ status }) => status === 'draft').map(({ id }) => id),
    leftOut: drafted.leftOut,
    notes: [...modelNotes(options, documents.length, runtime), ...existing.notes, ...drafted.profile.notes],
    spent: runtime?.spent() ?? null,
    isComplete: drafted.isComplete,
    runId,
  };
};

const modelNotes = (
  { llm }: GenerateOptions,
  documents: number,
  runtime: ModelRuntime | undefined,
): readonly string[] => {
  if (runtime) return [];
  if (documents > 0) return ['The documents were not read: that takes a language model. Name one with --llm.'];
  return llm === false ? [] : ['No language model is configured; the rules rest on the data alone.'];
};
