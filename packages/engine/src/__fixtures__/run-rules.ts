import { builtinTypes, compileRules } from '@aegis/rules';
import type { RuleResult, Warehouse } from '@aegis/spec';
import { executeTable } from '../execute/execute-table.js';
import { planRun } from '../plan/plan-run.js';
import type { ExecuteOptions, TaskOutcome } from '../types.js';

/** `logic` of rules by id, all on table `t` unless `scope` says otherwise. */
export interface TestRule {
  readonly logic: { readonly type: string; readonly [param: string]: unknown };
  readonly scope?: { readonly [key: string]: unknown };
}

export const testOptions: ExecuteOptions = {
  runId: 'run-1',
  now: '2026-01-15T12:00:00.000Z',
  timezone: 'UTC',
  project: 'test',
  sampleRows: 5,
  types: builtinTypes,
  /** Trusts what tests write; the guard has tests of its own. */
  loadGuard: async () => ({
    expression: (sql) => ({ kind: 'user_sql', sql, columns: [] }),
    query: (sql) => ({ sql: sql.replaceAll('{table}', 'aegis_scope'), usesScope: sql.includes('{table}') }),
  }),
};

/** The task of rules on one table. */
export const taskOf = (rules: { readonly [id: string]: TestRule }) => {
  const documents = Object.entries(rules).map(([id, { logic, scope }]) => ({
    metadata: { id },
    scope: { table: 't', ...scope },
    logic,
  }));
  const compiled = compileRules(documents).rules;
  const [task] = planRun(compiled, { types: builtinTypes, defaultWarehouse: 'w' }).tables;
  if (!task) throw new Error('no rule was planned');
  return task;
};

export const runRules = (
  warehouse: Warehouse,
  rules: { readonly [id: string]: TestRule },
  options: Partial<ExecuteOptions> = {},
): Promise<TaskOutcome> => executeTable(taskOf(rules), warehouse, { ...testOptions, ...options });

export const resultOf = (outcome: TaskOutcome, id: string): RuleResult => {
  const result = outcome.results.find(({ rule_id }) => rule_id === id);
  if (!result) throw new Error(`no result for ${id}`);
  return result;
};
