import { type ExecuteOptions, executeReconcile, executeTable, planRun } from '@aegis/engine';
import { builtinTypes, type TypeCase } from '@aegis/rules';
import type { History, RuleResult, Warehouse } from '@aegis/spec';
import type { Stage } from '../stage.js';
import { ruleOf, type StagedCase } from './type-case.js';

const defaultNow = '2026-01-15T12:00:00Z';
const warehouseName = 'kit';

/** Runs the rule of a case through the engine. */
export const runCase = async (staged: StagedCase, stage: Stage): Promise<RuleResult> => {
  const rule = ruleOf(staged, stage);
  const options = optionsOf(staged.case);
  const plan = planRun([rule], { types: builtinTypes, defaultWarehouse: warehouseName });
  const [task] = plan.tables;
  const { results } = task
    ? await executeTable(task, stage.warehouse, options)
    : await executeReconcile(rule, bothSides(stage.warehouse), bothSides(warehouseName), options);
  const [result] = results;
  if (!result) throw new Error(`${rule.id} has no result`);
  return result;
};

const bothSides = <Side extends Warehouse | string>(side: Side) => ({ target: side, source: side });

const optionsOf = ({ now = defaultNow, history = [] }: TypeCase): ExecuteOptions => ({
  runId: 'conformance',
  now,
  timezone: 'UTC',
  project: 'conformance',
  sampleRows: 20,
  types: builtinTypes,
  history: pastMetrics(history, now),
  loadGuard: async () => (await import('@aegis/sql/guard')).loadGuard(),
});

const millisecondsPerDay = 86_400_000;

/** One metric a day, the last the day before `now`. */
const pastMetrics = (metrics: readonly number[], now: string): History => ({
  measurements: async (key) =>
    metrics.map((metric, index) => ({
      key,
      ruleId: 'past',
      runId: `past-${index}`,
      measuredAt: new Date(Date.parse(now) - (metrics.length - index) * millisecondsPerDay).toISOString(),
      state: {},
      metric,
    })),
});
