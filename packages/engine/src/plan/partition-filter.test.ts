import type { Row, TableDescription } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { bigqueryDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { resultOf, runRules, type TestRule } from '../__fixtures__/run-rules.js';

const described = (name: string, more: Partial<TableDescription> = {}): TableDescription => ({
  table: { kind: 'named', parts: [name] },
  kind: 'table',
  columns: ['x', 'day'].map((column) => ({ name: column, type: { kind: 'integer', native: 'INT64' } })),
  ...more,
});

const guarded = described('t', { partitionColumns: ['day'], requiresPartitionFilter: true });

const zeros = (sql: string): readonly Row[] => [
  Object.fromEntries([...sql.matchAll(/\b(m\d+|unmatched_\w+)\b/g)].map(([alias]) => [alias, '0'])),
];

const loadGuard = async () => ({
  expression: (sql: string) => ({ kind: 'user_sql' as const, sql, columns: sql.split(' ').slice(0, 1) }),
  query: (sql: string) => ({ sql, usesScope: false }),
});

const run = async (rule: TestRule, ...tables: readonly TableDescription[]) => {
  const warehouse = new FakeWarehouse({ dialect: bigqueryDialect, tables, answer: zeros });
  const results = await runRules(warehouse, { rule }, { loadGuard });
  return { result: resultOf(results, 'rule'), statements: warehouse.statements };
};

const notNull = { type: 'not_null', column: 'x' };

it('refuses a rule without a filter on the partition column before anything is sent', async () => {
  const { result, statements } = await run({ logic: notNull }, guarded);
  expect(result).toMatchObject({ outcome: 'error', error: { code: 'plan/unsupported' } });
  expect(result.error?.message).toBe('table "t" is read only with a filter on its partition column day');
  expect(result.error?.hint).toBe('Add a condition on day to where.');
  expect(statements).toEqual([]);
});

it('refuses a filter on another column', async () => {
  const { result } = await run({ logic: notNull, scope: { where: 'x > 1' } }, guarded);
  expect(result.error?.code).toBe('plan/unsupported');
});

it('takes a filter on the partition column, whatever its case', async () => {
  for (const where of ['day > 1', 'DAY > 1']) {
    const { result, statements } = await run({ logic: notNull, scope: { where } }, guarded);
    expect(result.error).toBeNull();
    expect(statements[0]).toContain(`WHERE (${where})`);
  }
});

it('lets rules pass that read no rows', async () => {
  const { result } = await run({ logic: { type: 'column_exists', column: 'x' } }, guarded);
  expect(result.outcome).toBe('pass');
});

it('refuses a parent table that would be read whole', async () => {
  const logic = { type: 'foreign_key', column: 'x', reference_table: 't', reference_column: 'x' };
  const { result } = await run({ logic, scope: { table: 'child' } }, guarded, described('child'));
  expect(result.error?.code).toBe('plan/unsupported');
  expect(result.error?.hint).toContain('Name a view');
});
