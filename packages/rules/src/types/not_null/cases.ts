import type { TypeCase } from '../../type/rule-type.js';

export const cases: readonly TypeCase[] = [
  {
    title: 'one NULL in three rows fails',
    tables: { t: { columns: { x: 'integer' }, rows: [[1], [null], [3]] } },
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsChecked: 3, rowsFailed: 1, observed: { nulls: 1 }, sample: [{ x: null }] },
  },
  {
    title: 'no NULL passes',
    tables: { t: { columns: { x: 'text' }, rows: [['a'], ['']] } },
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0 },
  },
  {
    title: 'NaN is a value',
    tables: { t: { columns: { x: 'double' }, rows: [['NaN'], [1.5]] } },
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsFailed: 0 },
  },
  {
    title: 'a row counts once when several columns are NULL',
    tables: {
      t: {
        columns: { x: 'integer', y: 'integer' },
        rows: [
          [null, null],
          [1, null],
          [1, 1],
        ],
      },
    },
    logic: { columns: ['x', 'y'] },
    expect: { outcome: 'fail', rowsChecked: 3, rowsFailed: 2 },
  },
  {
    title: 'an empty table is not applicable',
    tables: { t: { columns: { x: 'integer' }, rows: [] } },
    logic: { column: 'x' },
    expect: { outcome: 'not_applicable', rowsChecked: 0 },
  },
  {
    title: 'where narrows the rows that are checked',
    tables: {
      t: {
        columns: { x: 'integer', y: 'integer' },
        rows: [
          [null, 1],
          [1, 2],
        ],
      },
    },
    logic: { column: 'x' },
    scope: { where: 'y = 2' },
    expect: { outcome: 'pass', rowsChecked: 1 },
  },
  {
    title: 'a warning below the failing threshold',
    tables: { t: { columns: { x: 'integer' }, rows: [[1], [null], [3], [4]] } },
    logic: { column: 'x', warn_if: 'rows > 0', fail_if: 'percent > 25' },
    expect: { outcome: 'warn', rowsFailed: 1 },
  },
  {
    title: 'a column that does not exist is an error',
    tables: { t: { columns: { x: 'integer' }, rows: [[1]] } },
    logic: { column: 'y' },
    expect: { outcome: 'error', code: 'plan/missing-column' },
  },
  {
    title: 'a column name matches without case when it is unique',
    tables: { t: { columns: { Amount: 'integer' }, rows: [[1], [null]] } },
    logic: { column: 'amount' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
];
