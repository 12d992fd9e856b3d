import { beforeAll, describe, expect, it } from 'vitest';
import { acceptedQueries, acceptedQueriesEverywhere } from './__fixtures__/accepted-queries.js';
import { dialectNames, dialects } from './__fixtures__/dialects.js';
import { refusalOf } from './__fixtures__/refusal.js';
import { loadGuard, type SqlGuard, scopePlaceholder } from './index.js';

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

describe.each(dialectNames)('a query in %s', (dialect) => {
  const accepted = [...acceptedQueriesEverywhere, ...acceptedQueries[dialect]];

  it.each(accepted)('%j runs as %j', (written, runs, tables) => {
    const { sql, usesScope, tables: read } = guard.query(written, dialects[dialect]);
    expect(sql).toBe(runs);
    expect(usesScope).toBe(runs.includes(`FROM ${scopePlaceholder}`) || runs.includes(`JOIN ${scopePlaceholder}`));
    expect(read.map((parts) => parts.join('.'))).toEqual(tables);
  });

  it.each(accepted)('%j passes again as it runs', (_, runs) => {
    const again = runs.replaceAll(scopePlaceholder, '{table}');
    expect(guard.query(again, dialects[dialect]).sql).toBe(runs);
  });
});

describe('the placeholder {table}', () => {
  const read = (sql: string) => guard.query(sql, dialects.duckdb);

  it('is replaced outside strings, comments and struct literals only', () => {
    expect(read("select '{table}' /* {table} */, {'table': 1} from {table} -- {table}")).toMatchObject({
      sql: "SELECT '{table}', {'table': 1} FROM aegis_scope",
      usesScope: true,
    });
  });

  it('may stand in front of a column', () => {
    expect(read('select {table}.a from {table}').sql).toBe('SELECT aegis_scope.a FROM aegis_scope');
  });

  it('is not used by a query that reads other tables only', () => {
    expect(read('select 1 from orders')).toMatchObject({ usesScope: false, tables: [['orders']] });
  });
});

describe('the tables of a query', () => {
  const tablesOf = (sql: string, dialect: keyof typeof dialects = 'postgres') =>
    guard.query(sql, dialects[dialect]).tables.map((parts) => parts.join('.'));

  it('leave out common table expressions where they are visible, and only there', () => {
    expect(tablesOf('with x as (select 1) select * from x')).toEqual([]);
    expect(tablesOf('with x as (select * from y), y as (select 1) select * from x, y')).toEqual(['y']);
    expect(tablesOf('select * from (with x as (select 1) select * from x) a, x')).toEqual(['x']);
    expect(tablesOf('with x as (select 1) select * from s.x')).toEqual(['s.x']);
  });

  it('hold a table that a common table expression of its own name reads', () => {
    expect(tablesOf('with secret as (select * from secret) select * from secret')).toEqual(['secret']);
    expect(tablesOf('with recursive secret as (select * from secret) select * from secret')).toEqual(['secret']);
    expect(
      tablesOf('with recursive secret as (select a from secret union all select a from secret) select * from secret'),
    ).toEqual(['secret']);
  });

  it('tell a quoted name from an unquoted one', () => {
    expect(tablesOf('with "Secret" as (select 1) select * from secret')).toEqual(['secret']);
    expect(tablesOf('with secret as (select 1) select * from SECRET')).toEqual([]);
  });

  it('are found in every part of the query', () => {
    expect(
      tablesOf(
        'select (select max(a) from s1), case when exists (select 1 from s2) then 1 end from s3 join (select * from s4) x on x.a in (select a from s5) where a > any (select a from s6) group by (select a from s7) having count(*) > (select a from s8) order by (select a from s9) limit (select 1 from s10)',
      ),
    ).toEqual(['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10']);
  });

  it('may have the name of a system schema', () => {
    expect(tablesOf('select * from main.json, system', 'databricks')).toEqual(['main.json', 'system']);
  });

  it('are split where one pair of quotes holds a whole name', () => {
    expect(tablesOf('select * from `a-b.c.d`', 'bigquery')).toEqual(['a-b.c.d']);
    expect(guard.query('select * from `a-b.c.d`', dialects.bigquery).tables).toEqual([['a-b', 'c', 'd']]);
    expect(guard.query('select * from "a.b"', dialects.postgres).tables).toEqual([['a.b']]);
  });
});

describe('a refused query', () => {
  const refusal = (sql: string) => refusalOf(guard, 'query', sql, 'duckdb');

  it.each([
    ['delete from orders', 'not-select', 1],
    ['with d as (delete from orders returning *) select * from d', 'not-select', 12],
    ['select 1; drop table orders', 'forbidden', 9],
    ["select * from 'x.csv'", 'forbidden', 15],
    ['select * from "x.csv"', 'out-of-scope', 15],
    ['select * from x.csv', 'out-of-scope', 15],
    ['select * from duckdb_tables', 'out-of-scope', 15],
    ["select * from read_csv('x')", 'forbidden', 15],
    ['select a from t for update', 'forbidden', 1],
    ['select a frm t where', 'syntax', 14],
  ])('%j is %s, at column %i', (sql, reason, column) => {
    expect(refusal(sql)).toMatchObject({ reason, at: { line: 1, column } });
  });

  it('names the keyword that it starts with', () => {
    expect(refusal('update orders set a = 1')?.message).toBe(
      'line 1, column 1: A query starts with SELECT or WITH, not with `update`.',
    );
  });
});
