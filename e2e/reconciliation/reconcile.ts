import { type ExecuteOptions, executeReconcile } from '@aegis/engine';
import { builtinTypes, compileRules } from '@aegis/rules';
import type { Rule, RuleResult, RunEvent, Warehouse } from '@aegis/spec';

export interface TestRule {
  readonly type: string;
  readonly where?: string;
  /** `orders` where absent. */
  readonly table?: string;
  readonly [param: string]: unknown;
}

/** A rule on `orders` of one warehouse against `orders` of another. */
const reconcileRule = ({ where, table = 'orders', ...logic }: TestRule): Rule => {
  const scope = { table, source_warehouse: 'source_of_truth', ...(where && { where }) };
  const { rules } = compileRules([{ metadata: { id: 'r' }, scope, logic: { source_table: 'orders', ...logic } }]);
  const [rule] = rules;
  if (!rule) throw new Error('the rule was not compiled');
  return rule;
};

interface Reconciled {
  readonly result: RuleResult;
  readonly statements: number;
  readonly events: readonly RunEvent[];
}

/** Runs a rule with the first warehouse as target and the second as source. */
export const reconcile = async (
  logic: TestRule,
  target: Warehouse,
  source: Warehouse,
  options: Partial<ExecuteOptions> = {},
): Promise<Reconciled> => {
  const events: RunEvent[] = [];
  const names = { target: 'copy', source: 'source_of_truth' };
  const outcome = await executeReconcile(reconcileRule(logic), { target, source }, names, {
    ...{ runId: 'reconciliation', now: '2026-01-15T12:00:00Z', timezone: 'UTC', project: 'reconciliation' },
    ...{ sampleRows: 5, types: builtinTypes },
    loadGuard: async () => (await import('@aegis/sql/guard')).loadGuard(),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const [result] = outcome.results;
  if (!result) throw new Error('the rule has no result');
  return { result, statements: outcome.statements, events };
};
