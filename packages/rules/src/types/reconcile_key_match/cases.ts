import type { TypeCase } from '../../type/rule-type.js';

const sides = (target: readonly (number | null)[], source: readonly (number | null)[]) => ({
  t: { columns: { id: 'integer' as const }, rows: target.map((value) => [value]) },
  s: { columns: { id: 'bigint' as const }, rows: source.map((value) => [value]) },
});
const logic = { column: 'id', source_table: 's' };

export const cases: readonly TypeCase[] = [
  {
    title: 'keys missing on either side are counted, NULL keys apart',
    tables: sides([7, 8, null], [1, 2, 3, null]),
    logic,
    expect: {
      outcome: 'fail',
      rowsFailed: 5,
      observed: { missing_in_target: 3, missing_in_source: 2, null_keys_in_source: 1, null_keys_in_target: 1 },
    },
  },
  {
    title: 'the same keys pass, however often they occur',
    tables: sides([1, 1, 2], [2, 1]),
    logic,
    expect: { outcome: 'pass', rowsChecked: 3, rowsFailed: 0 },
  },
  {
    title: 'filters narrow both sides',
    tables: sides([1, 2, 3], [1, 2, 4]),
    logic: { ...logic, source_where: 'id < 3' },
    scope: { where: 'id < 3' },
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0 },
  },
  {
    title: 'the source may name its columns otherwise, and keys may be composite without colliding',
    tables: {
      t: {
        columns: { a: 'text', b: 'text' },
        rows: [
          ['1', '23'],
          ['x', 'y'],
        ],
      },
      s: {
        columns: { c: 'text', d: 'text' },
        rows: [
          ['12', '3'],
          ['x', 'y'],
        ],
      },
    },
    logic: { columns: ['a', 'b'], source_columns: ['c', 'd'], source_table: 's' },
    expect: { outcome: 'fail', rowsFailed: 2, observed: { missing_in_target: 1, missing_in_source: 1 } },
  },
  {
    title: 'an empty target misses every key',
    tables: sides([], [1, 2]),
    logic,
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'a source that does not exist is an error',
    tables: { t: { columns: { id: 'integer' }, rows: [[1]] } },
    logic,
    expect: { outcome: 'error', code: 'plan/missing-table' },
  },
];
