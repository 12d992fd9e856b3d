import type { Effects } from '../effects.js';
import { historyPath, openHistoryForRun } from '../history/open-history.js';
import { redactedAudit } from '../history/redacted-audit.js';
import { RunJournal } from '../history/run-journal.js';
import { writeWhole } from '../output/output-file.js';
import { openWarehouses } from '../warehouses/open-warehouses.js';
import { warehouseNames } from '../warehouses/warehouse-names.js';
import { counted } from './draft/amounts.js';
import { type Drafted, draftRules } from './drafting.js';
import { type DraftingParts, draftingOf } from './drafting-parts.js';
import type { GeneratedRules, GenerateOptions } from './generate-options.js';
import { type GenerateRecord, openRecord } from './generate-record.js';
import { type GenerateRequest, type OpenRuntime, readRequest } from './generate-request.js';
import { measuringRule } from './profile/measure.js';
import { type RulesFrame, renderRules } from './rules-text.js';

const defaultOwner = 'data-team';

/** Drafts rules with the model that is opened for it, if any. */
export const generateWith = async (
  options: GenerateOptions,
  effects: Effects,
  openRuntime: OpenRuntime,
): Promise<GeneratedRules> => {
  const request = await readRequest(options, effects, openRuntime);
  const history = await openHistoryForRun(historyPath(options, request.project, effects));
  const { newRunId } = await import('@aegis/core');
  const runId = newRunId(effects.now());
  const { redactor, stored } = request.masking;
  const journal = new RunJournal(runId, history.store && redactedAudit(history.store, redactor, stored));
  const warehouses = await openAllowed(request, effects);
  try {
    const record = openRecord(request, journal, runId, effects);
    const drafting = { request, journal, runId, warehouses, frame: frameOf(request, effects) };
    const generated = await record.keep(() => generate(drafting, effects, record));
    const notes = [...(history.note === undefined ? [] : [history.note]), ...generated.notes, ...journal.notes];
    return { ...generated, notes };
  } finally {
    await Promise.allSettled([warehouses.close(), history.store?.close()]);
  }
};

/** The table and the files beside it may be read, and nothing else. */
const openAllowed = ({ names, target, siblings, project, runtime }: GenerateRequest, effects: Effects) => {
  const read = [target, ...siblings].map(({ table, written }) =>
    measuringRule({ id: written, type: 'profile_rows', params: {} }, { table, warehouseName: names.defaultName }),
  );
  return openWarehouses([names.defaultName], read, names, project, effects, { isUntrusted: runtime !== undefined });
};

const generate = async (parts: DraftingParts, effects: Effects, record: GenerateRecord): Promise<GeneratedRules> => {
  const { request, runId, frame } = parts;
  const drafted = await draftRules(draftingOf(parts, effects));
  const text = await writeRules(drafted, frame, request);
  await record.finish(drafted.isComplete ? 'completed' : 'incomplete', drafted);
  return generatedOf(drafted, text, request, runId);
};

const frameOf = (request: GenerateRequest, { cwd }: Effects): RulesFrame => ({
  target: request.target,
  owner: request.options.owner ?? defaultOwner,
  warehouse: writtenWarehouse(request, cwd),
  header: [],
});

/** Written into the rules where a run without flags would look elsewhere. */
const writtenWarehouse = ({ project, names }: GenerateRequest, cwd: string): string | undefined => {
  const { name, configured } = names.find(names.defaultName);
  return configured && warehouseNames(project, {}, cwd).defaultName !== name ? name : undefined;
};

/** The text, written to the file that was named; an empty one is not written. @throws ConfigError `output` */
const writeRules = async (drafted: Drafted, frame: RulesFrame, request: GenerateRequest): Promise<string> => {
  if (drafted.chosen.length === 0) return '';
  const drafts = drafted.chosen.map(({ draft }) => draft);
  const text = renderRules(drafts, { ...frame, header: headerOf(drafted, request) });
  if (request.output !== undefined) await writeWhole(request.output, text);
  return text;
};

const headerOf = ({ profile }: Drafted, { target, documents, runtime }: GenerateRequest): readonly string[] => [
  `Drafted by aegis generate from ${target.written}: ${counted(profile.rows, 'row')}, ${counted(profile.columns.length, 'column')}.`,
  ...(runtime && documents.length > 0 ? [`Documents: ${documents.map(({ name }) => name).join(', ')}.`] : []),
  'Every rule was tried on the data. Read them, say who owns them, and delete what does not matter.',
];

const generatedOf = (drafted: Drafted, text: string, request: GenerateRequest, runId: string): GeneratedRules => {
  const drafts = drafted.chosen.map(({ draft }) => draft);
  return {
    text,
    rules: drafts.map(({ id }) => id),
    violated: drafts.filter(({ status }) => status === 'draft').map(({ id }) => id),
    leftOut: drafted.leftOut,
    notes: [...modelNotes(request), ...request.existing.notes, ...drafted.profile.notes],
    spent: request.runtime?.spent() ?? null,
    isComplete: drafted.isComplete,
    runId,
  };
};

const modelNotes = ({ options, documents, runtime }: GenerateRequest): readonly string[] => {
  if (runtime) return [];
  if (documents.length > 0) {
    return ['The documents were not read: that takes a language model. Name one with --llm.'];
  }
  return options.llm === false ? [] : ['No language model is configured; the rules rest on the data alone.'];
};
