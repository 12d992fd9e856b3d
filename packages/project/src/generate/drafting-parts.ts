import { Catalog } from '@aegis/engine';
import { Redactor } from '@aegis/llm/redaction';
import type { Effects } from '../effects.js';
import type { RunJournal } from '../history/run-journal.js';
import { loadGuard } from '../runs/rule-set.js';
import type { OpenWarehouses } from '../warehouses/open-warehouses.js';
import type { DraftContext } from './draft/draft.js';
import type { Drafting } from './drafting.js';
import type { GenerateRequest } from './generate-request.js';
import type { TableSource } from './profile/measure.js';
import type { RulesFrame } from './rules-text.js';
import { otherTables } from './table-target.js';

const defaultMostRules = 20;

export interface DraftingParts {
  readonly request: GenerateRequest;
  readonly journal: RunJournal;
  readonly runId: string;
  readonly warehouses: OpenWarehouses;
  readonly frame: RulesFrame;
}

/** Brings together what drafting takes. Nothing is asked yet. */
export const draftingOf = (parts: DraftingParts, effects: Effects): Drafting => {
  const { request, journal, warehouses, frame } = parts;
  const { options, project, names, target, rulesFolder, documents, existing, runtime, masking, siblings } = request;
  const source = sourceOf(parts, effects);
  return {
    ...{ target, existing, documents, runtime, masking, journal },
    parents: async () => [...siblings, ...(await otherTables(target, source.warehouse))],
    trial: { source, frame, rulesFolder, project, names, warehouses, effects },
    context: contextOf(request, source, effects),
    showsValues: project.config.redaction.samples !== 'none',
    mostRules: options.maxRules ?? defaultMostRules,
    onProgress: options.onProgress ?? (() => undefined),
  };
};

const sourceOf = ({ request, runId, warehouses }: DraftingParts, effects: Effects): TableSource => {
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
const contextOf = ({ project }: GenerateRequest, { execution }: TableSource, { secrets }: Effects): DraftContext => {
  const { mask_columns: maskColumns, keep_columns: keepColumns } = project.config.redaction;
  return {
    now: execution.now,
    timezone: execution.timezone,
    isPersonal: (column, value = 'value') =>
      new Redactor({ maskColumns, keepColumns }, secrets).cell(column, value) !== value,
    isCovered: () => false,
  };
};
