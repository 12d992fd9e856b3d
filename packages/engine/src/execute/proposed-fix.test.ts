import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { loadGuard } from '@aegis/sql/guard';
import { beforeEach, describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { runRules, type TestRule } from '../__fixtures__/run-rules.js';
import { changeTarget } from './proposed-fix.js';

let warehouse: BareDuckDb;
beforeEach(async () => {
  warehouse = new BareDuckDb();
  await warehouse.prepare(`create table t as select * from (values
    (1, 'placed', 'ABC-1', 1), (2, ' Shipped', 'ABC-2 ', 2), (3, 'lost', 'nope', 77), (4, NULL, NULL, NULL)
  ) as v(id, status, sku, parent)`);
  await warehouse.prepare('create table p as select * from (values (1), (2), (NULL)) as v(id)');
});

const failed = async (rule: TestRule) => {
  const { results, shown } = await runRules(warehouse, { r: rule }, { passingRows: 3 });
  return { rowsFailed: results[0]?.rows_failed, ...shown.r };
};

const accepted: TestRule = { logic: { type: 'accepted_values', column: 'status', values: ['placed', 'shipped'] } };
const foreignKey = { type: 'foreign_key', column: 'parent', reference_table: 'p', reference_column: 'id' };

const templates: readonly (readonly [string, TestRule, number, string])[] = [
  ['an accepted value in another case', accepted, 1, "(2, 'shipped')"],
  [
    'blanks around a value that matches without them',
    { logic: { type: 'regex_match', column: 'sku', pattern: '^[A-Z]+-\\d$' } },
    1,
    "(2, 'ABC-2')",
  ],
  ['orphans', { logic: foreignKey }, 0, '(3, NULL)'],
  [
    'forbidden values',
    { logic: { type: 'not_accepted_values', column: 'status', values: ['lost', "o'hara"] } },
    0,
    '(3, NULL)',
  ],
];

describe('the fix that a rule type has', () => {
  it.each(templates)('mends %s, and nothing else', async (_, rule, left, changed) => {
    const { fix, rowsFailed } = await failed(rule);
    const column = rule.logic.column === 'parent' ? 'parent' : String(rule.logic.column);
    await warehouse.prepare('create table before as from t');
    await warehouse.prepare(String(fix?.sql));
    const [row] = await warehouse.executeSample(
      `select string_agg(format('({}, {})', t.id, coalesce('''' || t.${column} || '''', 'NULL')), '; ' order by t.id) as changed
       from t join before as b on b.id = t.id where t.${column} is distinct from b.${column}`,
      1,
    );
    expect(row?.changed).toBe(changed);
    expect(rowsFailed).toBeGreaterThan(left);
    expect((await failed(rule)).rowsFailed ?? 0).toBe(left);
  });

  it.each(templates)('for %s passes the guard', async (_, rule) => {
    const guard = await loadGuard();
    const { fix } = await failed({ ...rule, scope: { where: 'id > 0' } });
    expect(guard.fix(String(fix?.sql), warehouse.dialect)).toMatchObject({ change: 'update', target: ['t'] });
    expect(fix?.sql).toContain('WHERE (id > 0)\n  AND ');
  });

  it.each([
    ['nothing is nearly right', { logic: { type: 'accepted_values', column: 'status', values: ['sold'] } }],
    ['two values differ in case alone', { logic: { ...accepted.logic, values: ['shipped', 'SHIPPED'] } }],
    ['NULL would violate it, too', { logic: { ...foreignKey, nulls: 'fail' } }],
    ['the type has none', { logic: { type: 'not_null', column: 'status' } }],
  ])('is none where %s', async (_, rule) => {
    expect((await failed(rule)).fix).toBeNull();
  });

  it('is none for a view, and for a rule that holds', async () => {
    const columns = [{ name: 'status', type: { kind: 'text', native: 'VARCHAR' } }] as const;
    const view = new FakeWarehouse({
      dialect: duckdbDialect,
      tables: [{ table: { kind: 'named', parts: ['t'] }, kind: 'view', columns }],
      answer: (sql) => (sql.includes('m0') ? [{ m0: '2', m1: '1', m2: '2' }] : [{ status: 'PLACED' }]),
    });
    const { results, shown } = await runRules(view, { r: accepted });
    expect([results[0]?.outcome, shown.r?.fix]).toEqual(['fail', null]);
    const holds = await runRules(warehouse, { r: { logic: { type: 'not_null', column: 'id' } } });
    expect(holds.shown).toEqual({});
  });
});

describe('what is shown of a failure', () => {
  it('are the statements that were sent for it, and a few rows that hold', async () => {
    const { statements, passing } = await failed(accepted);
    expect(passing).toEqual([{ status: 'placed', id: 1, sku: 'ABC-1', parent: 1 }]);
    expect(statements?.every((sql) => warehouse.statements.includes(sql))).toBe(true);
    expect(statements).toHaveLength(4);
  });

  it('are no rows that hold unless someone asks, nor where one condition does not tell them', async () => {
    const asked = await runRules(warehouse, { r: accepted });
    expect(asked.shown.r?.passing).toEqual([]);
    expect((await failed({ logic: foreignKey })).passing).toEqual([]);
  });
});

it.each([
  [{ kind: 'named', parts: ['shop', 'orders'] } as const, ['shop', 'orders']],
  [{ kind: 'file', path: '/data/flights-3m.parquet', format: 'parquet' } as const, ['flights_3m']],
  [{ kind: 'file', path: '2024 sales.csv.gz', format: 'csv' } as const, ['_2024_sales']],
])('a fix of %j changes %j', (table, target) => {
  expect(changeTarget(table)).toEqual(target);
});
