import type { TypeCase } from '../../type/rule-type.js';

const hundred = {
  t: { columns: { x: 'integer' as const }, rows: Array.from({ length: 100 }, (_, index) => [index]) },
};

export const cases: readonly TypeCase[] = [
  {
    title: 'each returned row is a violation',
    tables: hundred,
    logic: { query: 'select x from {table} where x < 3' },
    expect: { outcome: 'fail', rowsChecked: 100, rowsFailed: 3, sample: [{ x: 0 }, { x: 1 }, { x: 2 }] },
  },
  {
    title: 'no row passes',
    tables: hundred,
    logic: { query: 'select x from {table} where x < 0' },
    expect: { outcome: 'pass', rowsChecked: 100, rowsFailed: 0 },
  },
  {
    title: 'where is applied inside {table}',
    tables: hundred,
    logic: { query: 'select x from {table} where x < 3' },
    scope: { where: 'x > 0' },
    expect: { outcome: 'fail', rowsChecked: 99, rowsFailed: 2 },
  },
  {
    title: 'a common table expression may read {table} twice',
    tables: hundred,
    logic: {
      query:
        'with low as (select x from {table} where x < 10) select a.x from low a join {table} b on a.x = b.x where a.x > 7',
    },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'a name that the query defines does not reach {table}',
    tables: hundred,
    logic: { query: 'with recursive t as (select 1 as x) select s.x from {table} s join t on s.x = t.x' },
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ x: 1 }] },
  },
  {
    title: 'rows that come back from an empty table are violations',
    tables: { t: { columns: { x: 'integer' }, rows: [] } },
    logic: { query: 'select count(*) as n from {table} having count(*) = 0' },
    expect: { outcome: 'fail', rowsChecked: 0, rowsFailed: 1 },
  },
  {
    title: 'a true scalar passes',
    tables: hundred,
    logic: { query: 'select count(*) = 100 from {table}', expect: true },
    expect: { outcome: 'pass', rowsFailed: 0 },
  },
  {
    title: 'a false scalar fails',
    tables: hundred,
    logic: { query: 'select count(*) = 99 from {table}', expect: true },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'a NULL scalar fails',
    tables: hundred,
    logic: { query: 'select max(x) > 5 from {table} where x < 0', expect: true },
    expect: { outcome: 'fail' },
  },
  {
    title: 'more than one row for a scalar is an error',
    tables: hundred,
    logic: { query: 'select x > 5 from {table}', expect: true },
    expect: { outcome: 'error', code: 'plan/unsupported' },
  },
  {
    title: 'no row for a scalar is an error',
    tables: hundred,
    logic: { query: 'select x > 5 from {table} where x < 0', expect: true },
    expect: { outcome: 'error', code: 'plan/unsupported' },
  },
  {
    title: 'a second statement is refused',
    tables: hundred,
    logic: { query: 'select 1 from {table}; drop table t' },
    expect: { outcome: 'error', code: 'guard/forbidden' },
  },
  {
    title: 'where without {table} would do nothing and is an error',
    tables: hundred,
    logic: { query: 'select 1 as one where 1 = 0' },
    scope: { where: 'x > 0' },
    expect: { outcome: 'error', code: 'plan/unsupported' },
  },
];
