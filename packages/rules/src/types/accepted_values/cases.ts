import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | number | boolean | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'rows and different values are both counted',
    tables: column('text', 'a', 'b', 'c', 'c', 'd', null),
    logic: { column: 'x', values: ['a', 'b'] },
    expect: { outcome: 'fail', rowsChecked: 6, rowsFailed: 3, failedBy: { rows: 3, keys: null, values: 2 } },
  },
  {
    title: 'NULL is ignored',
    tables: column('text', 'a', null),
    logic: { column: 'x', values: ['a'] },
    expect: { outcome: 'pass', failedBy: { rows: 0, values: 0 } },
  },
  {
    title: 'NULL counts when the rule says so',
    tables: column('text', 'a', null),
    logic: { column: 'x', values: ['a'], nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 1, failedBy: { rows: 1, values: 0 } },
  },
  {
    title: 'case and trailing blanks make a difference',
    tables: column('text', 'a', 'A', 'a '),
    logic: { column: 'x', values: ['a'] },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'numbers are compared as numbers',
    tables: column('decimal(38,10)', '1.5', '2', '3'),
    logic: { column: 'x', values: ['1.50', 2] },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'booleans and dates',
    tables: column('date', '2024-01-01', '2024-01-02'),
    logic: { column: 'x', values: ['2024-01-01'] },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'quotes in values are only characters',
    tables: column('text', "it's", 'a"b', 'a\\b'),
    logic: { column: 'x', values: ["it's", 'a"b', 'a\\b'] },
    expect: { outcome: 'pass' },
  },
  {
    title: 'a threshold in values',
    tables: column('text', 'c', 'c', 'c'),
    logic: { column: 'x', values: ['a'], fail_if: 'values > 1' },
    expect: { outcome: 'pass', rowsFailed: 3, failedBy: { values: 1 } },
  },
  {
    title: 'a value that cannot be of the column’s type is an error',
    tables: column('integer', 1),
    logic: { column: 'x', values: ['one'] },
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
  {
    title: 'an empty table is not applicable',
    tables: column('text'),
    logic: { column: 'x', values: ['a'] },
    expect: { outcome: 'not_applicable' },
  },
];
