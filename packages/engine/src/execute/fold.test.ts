import type { Row, TableDescription } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { bigqueryDialect, duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { resultOf, runRules, type TestRule } from '../__fixtures__/run-rules.js';

const rules: { readonly [id: string]: TestRule } = {
  all: { logic: { type: 'not_null', column: 'y' } },
  low: { logic: { type: 'not_null', column: 'y' }, scope: { where: 'x < 3' } },
  mean: { logic: { type: 'mean_between', column: 'x', max_value: 1 }, scope: { where: 'x < 3' } },
  high: { logic: { type: 'between', column: 'x', max_value: 5 }, scope: { where: 'x >= 3' } },
};
const guard = (columns: readonly string[]) => async () => ({
  expression: (sql: string) => ({ kind: 'user_sql' as const, sql, columns }),
  query: (sql: string) => ({ sql, usesScope: false }),
});

const described = (partitionColumns: readonly string[]): TableDescription => ({
  table: { kind: 'named', parts: ['t'] },
  kind: 'table',
  columns: ['x', 'y'].map((name) => ({ name, type: { kind: 'integer', native: 'INT64' } })),
  partitionColumns,
});
const zeros = (sql: string): readonly Row[] => [
  Object.fromEntries([...sql.matchAll(/\bm\d+\b/g)].map(([alias]) => [alias, '0'])),
];
const bigquery = (partitionColumns: readonly string[] = []) =>
  new FakeWarehouse({ dialect: bigqueryDialect, tables: [described(partitionColumns)], answer: zeros });

describe('filters where every scan is billed', () => {
  it('become conditions within one scan of the table', async () => {
    const warehouse = bigquery();
    await runRules(warehouse, rules, { loadGuard: guard(['x']), sampleRows: 0 });
    expect(warehouse.statements).toHaveLength(1);
    expect(warehouse.statements[0]).not.toContain('WHERE');
  });

  it('stay filters where they skip partitions', async () => {
    const warehouse = bigquery(['x']);
    await runRules(warehouse, rules, { loadGuard: guard(['x']), sampleRows: 0 });
    expect(warehouse.statements).toHaveLength(3);
  });

  it('stay filters where there is only one', async () => {
    const warehouse = bigquery();
    await runRules(warehouse, { low: rules.low ?? { logic: { type: 'row_count' } } }, { loadGuard: guard(['x']) });
    expect(warehouse.statements[0]).toContain('WHERE');
  });
});

it('gives the same results folded as filtered', async () => {
  const outcomes = await Promise.all(
    [true, false].map(async (foldFilters) => {
      const warehouse = new BareDuckDb();
      const dialect = Object.assign(Object.create(duckdbDialect), {
        strategy: { ...duckdbDialect.strategy, foldFilters },
      });
      Object.assign(warehouse, { dialect });
      await warehouse.prepare('create table t as select range % 7 as x, nullif(range % 5, 0) as y from range(100)');
      return runRules(warehouse, rules);
    }),
  );
  const [folded, filtered] = outcomes.map((outcome) =>
    Object.keys(rules).map((id) => {
      const { outcome: judged, rows_checked, rows_failed, observed } = resultOf(outcome, id);
      return { id, judged, rows_checked, rows_failed, observed };
    }),
  );
  expect(folded).toEqual(filtered);
});
