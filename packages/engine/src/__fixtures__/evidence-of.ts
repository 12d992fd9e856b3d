import type { Warehouse } from '@aegis/spec';
import { type GatheredEvidence, gatherEvidence } from '../evidence/gather-evidence.js';
import { executeTable } from '../execute/execute-table.js';
import type { ExecuteOptions } from '../types.js';
import { type TestRule, taskOf, testOptions } from './run-rules.js';

/** Runs rules of table `t`, and gathers evidence for those that do not hold. */
export const evidenceOf = async (
  warehouse: Warehouse,
  rules: { readonly [id: string]: TestRule },
  more: Partial<ExecuteOptions> = {},
): Promise<ReadonlyMap<string, GatheredEvidence>> => {
  const options = { ...testOptions, ...more };
  const task = taskOf(rules);
  const { results, measurements } = await executeTable(task, warehouse, options);
  const failed = results.flatMap((result) => {
    const rule = task.rules.find(({ id }) => id === result.rule_id);
    const measured = measurements.find(({ ruleId }) => ruleId === result.rule_id)?.state ?? {};
    return rule && result.outcome === 'fail' ? [{ rule, result, measured }] : [];
  });
  return gatherEvidence(failed, warehouse, { ...options, warehouse: 'w' });
};

/** The one rule's evidence. */
export const evidenceOfRule = async (
  warehouse: Warehouse,
  rule: TestRule,
  more: Partial<ExecuteOptions> = {},
): Promise<GatheredEvidence> => {
  const found = (await evidenceOf(warehouse, { r: rule }, more)).get('r');
  if (!found) throw new Error('the rule holds');
  return found;
};
