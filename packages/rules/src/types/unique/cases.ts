import type { TypeCase } from '../../type/rule-type.js';

const integers = (...values: readonly (number | null)[]) => ({
  t: { columns: { x: 'integer' as const }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'NULL is ignored',
    tables: integers(1, 2, null, null),
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsChecked: 4, rowsFailed: 0, failedBy: { rows: 0, keys: 0, values: null } },
  },
  {
    title: 'one surplus row',
    tables: integers(1, 1, 2),
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsFailed: 1, failedBy: { rows: 1, keys: 1 }, sample: [{ x: 1, occurrences: '2' }] },
  },
  {
    title: 'a value that occurs three times is two surplus rows of one key',
    tables: integers(1, 1, 1, 2, 2, 3),
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsFailed: 3, failedBy: { rows: 3, keys: 2 }, observed: { duplicate_rows: 5 } },
  },
  {
    title: 'NULL counts when the rule says so',
    tables: integers(1, null, null),
    logic: { column: 'x', nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 2, failedBy: { rows: 2, keys: 0 }, sample: [{ x: null }] },
  },
  {
    title: 'NaN equals NaN and −0 equals 0',
    tables: { t: { columns: { x: 'double' }, rows: [['NaN'], ['NaN'], [0], ['-0.0'], [1]] } },
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsFailed: 2, failedBy: { keys: 2 } },
  },
  {
    title: 'text is compared by code point',
    tables: { t: { columns: { x: 'text' }, rows: [['a'], ['A'], ['á'], ['a ']] } },
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsFailed: 0 },
  },
  {
    title: 'a threshold in keys',
    tables: integers(1, 1, 1, 2),
    logic: { column: 'x', fail_if: 'keys > 1' },
    expect: { outcome: 'pass', rowsFailed: 2, failedBy: { keys: 1 } },
  },
  {
    title: 'an empty table is not applicable',
    tables: integers(),
    logic: { column: 'x' },
    expect: { outcome: 'not_applicable', rowsChecked: 0 },
  },
  {
    title: 'only NULLs pass',
    tables: integers(null, null),
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0 },
  },
];
