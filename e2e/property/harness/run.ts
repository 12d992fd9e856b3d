import { type ExecuteOptions, executeReconcile, executeTable, planRun } from '@aegis/engine';
import { builtinTypes } from '@aegis/rules';
import type { History, Rule, RuleResult, Warehouse } from '@aegis/spec';
import type { GeneratedRule, World } from '../world.js';

const warehouseName = 'w';

/** Runs rules in one run, and gives their results in the order of the rules. */
export const runTogether = async (
  rules: readonly Rule[],
  warehouse: Warehouse,
  options: ExecuteOptions,
): Promise<readonly RuleResult[]> => {
  const { tables, reconcile } = planRun(rules, { types: builtinTypes, defaultWarehouse: warehouseName });
  const [sides, names] = [bothSides(warehouse), bothSides(warehouseName)];
  const outcomes = [
    ...(await Promise.all(tables.map((task) => executeTable(task, warehouse, options)))),
    ...(await Promise.all(reconcile.map((rule) => executeReconcile(rule, sides, names, options)))),
  ];
  const results = new Map(outcomes.flatMap((outcome) => outcome.results).map((result) => [result.rule_id, result]));
  return rules.flatMap(({ id }) => results.get(id) ?? []);
};

/** Runs each rule in a run of its own. */
export const runApart = async (
  rules: readonly Rule[],
  warehouse: Warehouse,
  options: ExecuteOptions,
): Promise<readonly RuleResult[]> => {
  const results: RuleResult[] = [];
  for (const rule of rules) results.push(...(await runTogether([rule], warehouse, options)));
  return results;
};

const bothSides = <Side extends Warehouse | string>(side: Side) => ({ target: side, source: side });

/** The options of a run on a world; the guard is the real one. */
export const optionsFor = ({ now, timezone }: World, rules: readonly GeneratedRule[]): ExecuteOptions => ({
  runId: 'property',
  now,
  timezone,
  project: 'property',
  /** More than a table has, so that no sample depends on which rows an engine meets first. */
  sampleRows: 50,
  types: builtinTypes,
  history: historyOf(rules, now),
  loadGuard: async () => (await import('@aegis/sql/guard')).loadGuard(),
});

const millisecondsPerDay = 86_400_000;

/** Finds the rule by its id, which starts with its place in the list. */
const historyOf = (rules: readonly GeneratedRule[], now: string): History => ({
  measurements: async (key) => {
    const [, , , ruleId = ''] = JSON.parse(key) as readonly string[];
    const past = rules[Number.parseInt(ruleId, 10)]?.history ?? [];
    return past.map((metric, index) => ({
      key,
      ruleId,
      runId: `past-${index}`,
      measuredAt: new Date(Date.parse(now) - (past.length - index) * millisecondsPerDay).toISOString(),
      state: {},
      metric,
    }));
  },
});
