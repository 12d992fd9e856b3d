import { executeTable, planRun } from '@aegis/engine';
import { builtinTypes, type Problem, readRules } from '@aegis/rules';
import type { Rule, RuleResult } from '@aegis/spec';
import type { Project } from '../../config/project.js';
import type { Effects } from '../../effects.js';
import { pipelineOptions } from '../../runs/pipeline-options.js';
import { loadGuard } from '../../runs/rule-set.js';
import { checkUserSql } from '../../validate/check-sql.js';
import { dryRun, type Replan } from '../../validate/dry-run.js';
import { plannedProblems } from '../../validate/validate-rules.js';
import type { OpenWarehouses } from '../../warehouses/open-warehouses.js';
import { assignWarehouses, type WarehouseNames } from '../../warehouses/warehouse-names.js';
import type { NamedDraft } from '../draft/named-draft.js';
import { type TableSource, throwIfCancelled } from '../profile/measure.js';
import { type RulesFrame, renderRules } from '../rules-text.js';

/** Where drafts are tried out. */
export interface Trial {
  readonly source: TableSource;
  readonly frame: RulesFrame;
  /** Where the rules file will be: relative paths in it start here. */
  readonly rulesFolder: string;
  readonly project: Project;
  readonly names: WarehouseNames;
  readonly warehouses: OpenWarehouses;
  readonly effects: Effects;
}

/** A draft that the loader, the guard, the plan and the engine accept, and what came of running it. */
export interface TriedDraft {
  readonly draft: NamedDraft;
  readonly rule: Rule;
  readonly result: RuleResult;
}

export interface RefusedDraft {
  readonly draft: NamedDraft;
  readonly reason: string;
}

export interface TrialOutcome {
  readonly tried: readonly TriedDraft[];
  readonly refused: readonly RefusedDraft[];
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/**
 * Validates, plans, prepares and then runs drafts, each as it will be written. One that is refused on the way goes no
 * further; the others are not troubled by it.
 * @throws WarehouseError `cancelled`
 */
export const tryDrafts = async (drafts: readonly NamedDraft[], trial: Trial): Promise<TrialOutcome> => {
  const loading = drafts.map((draft) => load(draft, trial));
  const loaded = assignWarehouses(
    loading.flatMap(({ rule }) => rule ?? []),
    trial.names,
  );
  const problems = [...loading.flatMap(({ problems }) => problems), ...(await problemsBefore(loaded, trial))];
  const refusals = new Map(problems.map((problem) => [problem.rule, reasonOf(problem)]));
  const sound = loaded.filter(({ id }) => !refusals.has(id));
  const run = await runAll(sound, trial);
  for (const { rule_id, error } of run.results) if (error) refusals.set(rule_id, reasonOf(error));
  return {
    tried: drafts.flatMap((draft) => triedOf(draft, sound, run.results)),
    refused: drafts.flatMap((draft) => refusedOf(draft, refusals.get(draft.id))),
    statements: run.statements,
    bytesScanned: run.bytesScanned,
  };
};

const load = (draft: NamedDraft, { frame, rulesFolder }: Trial) => {
  const text = renderRules([draft], { ...frame, header: [] });
  const { rules, problems } = readRules([{ file: draft.id, text, baseDirectory: rulesFolder }]);
  return { rule: rules[0], problems: problems.map((problem) => ({ ...problem, rule: draft.id })) };
};

/** What is wrong with rules that load: their SQL, their columns, or what the engine says to their statements. */
const problemsBefore = async (rules: readonly Rule[], trial: Trial): Promise<readonly Problem[]> => {
  if (rules.length === 0) return [];
  const { source, project, names, warehouses, effects } = trial;
  const refused = [
    ...rules.filter(comparesTables).map(twoTables),
    ...(await checkUserSql(rules, new Map([[source.warehouseName, source.warehouse.dialect]]))),
  ];
  const sound = rules.filter(({ id }) => !refused.some(({ rule }) => rule === id));
  const { createPipeline } = await import('@aegis/core');
  const replan: Replan = (some) => {
    const ruleSet = { project, rules: some, files: [], names, warehouses };
    return createPipeline(pipelineOptions(ruleSet, { rules: [], includeDrafts: true }, effects)).plan();
  };
  const tables = await replan(sound);
  throwIfCancelled(source);
  return [
    ...refused,
    ...plannedProblems(tables, sound),
    ...(await dryRun(tables, sound, () => source.warehouse, replan)),
  ];
};

const comparesTables = ({ type, params }: Rule): boolean =>
  builtinTypes.find(type)?.requires(params).tables?.source !== undefined;

const twoTables = ({ id }: Rule): Problem => ({
  code: 'rule/unsupported',
  message: 'rules that compare two tables are not drafted',
  rule: id,
});

const runAll = async (rules: readonly Rule[], { source, names }: Trial) => {
  const { tables } = planRun(rules, { types: builtinTypes, defaultWarehouse: names.defaultName, includeDrafts: true });
  const options = {
    ...source.execution,
    types: builtinTypes,
    sampleRows: 0,
    catalogs: () => source.catalog,
    loadGuard,
  };
  const outcomes = [];
  for (const task of tables) outcomes.push(await executeTable(task, source.warehouse, options));
  throwIfCancelled(source);
  const bytes = outcomes.map(({ bytesScanned }) => bytesScanned);
  return {
    results: outcomes.flatMap(({ results }) => results),
    statements: outcomes.reduce((sum, { statements }) => sum + statements, 0),
    bytesScanned: bytes.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0),
  };
};

const triedOf = (draft: NamedDraft, rules: readonly Rule[], results: readonly RuleResult[]): readonly TriedDraft[] => {
  const rule = rules.find(({ id }) => id === draft.id);
  const result = results.find(({ rule_id }) => rule_id === draft.id);
  return rule && result && result.error === null ? [{ draft, rule, result }] : [];
};

const refusedOf = (draft: NamedDraft, reason: string | undefined): readonly RefusedDraft[] =>
  reason === undefined ? [] : [{ draft, reason }];

/** Message and hint on one line. */
const reasonOf = ({ message, hint }: { readonly message: string; readonly hint?: string | null | undefined }): string =>
  (hint ? `${message.replace(/\.$/, '')}. ${hint}` : message).replaceAll(/\s*\n\s*/g, ' ');
