import type { TypeCase } from '../../type/rule-type.js';

const doubles = (...values: readonly (number | string | null)[]) => ({
  t: { columns: { x: 'double' as const }, rows: values.map((value) => [value]) },
});
const week = [10, 11, 9, 10, 12, 8, 10];

export const cases: readonly TypeCase[] = [
  {
    title: 'a metric within the learned range passes',
    tables: doubles(10, 11, null),
    logic: { column: 'x' },
    history: week,
    expect: { outcome: 'pass', rowsChecked: 3, rowsFailed: 0, observed: { mean: 10.5, history_days: 7 } },
  },
  {
    title: 'a metric outside fails',
    tables: doubles(20),
    logic: { column: 'x' },
    history: week,
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'too few days are not applicable',
    tables: doubles(20),
    logic: { column: 'x' },
    history: week.slice(1),
    expect: { outcome: 'not_applicable', observed: { mean: 20, history_days: 6 } },
  },
  {
    title: 'without deviation only the same value passes',
    tables: doubles(10.0001),
    logic: { column: 'x' },
    history: [10, 10, 10, 10, 10, 10, 10],
    expect: { outcome: 'fail' },
  },
  {
    title: 'the number of rows can be watched',
    tables: doubles(1, 2, 3),
    logic: { metric: 'row_count', min_history_days: 2 },
    history: [100, 110, 90],
    expect: { outcome: 'fail', observed: { row_count: 3 } },
  },
  {
    title: 'the share of NULLs can be watched',
    tables: doubles(1, null),
    logic: { column: 'x', metric: 'null_percent', min_history_days: 2 },
    history: [50, 50],
    expect: { outcome: 'pass' },
  },
  {
    title: 'the deviation can be watched',
    tables: doubles(0, 2, 4),
    logic: { column: 'x', metric: 'stddev', min_history_days: 2 },
    history: [2, 2],
    expect: { outcome: 'pass', observed: { stddev: 2 } },
  },
  {
    title: 'a value that is not finite fails',
    tables: doubles(10, 'NaN'),
    logic: { column: 'x' },
    history: week,
    expect: { outcome: 'fail', observed: { non_finite: 1 } },
  },
  {
    title: 'an empty table is not applicable',
    tables: doubles(),
    logic: { column: 'x' },
    history: week,
    expect: { outcome: 'not_applicable' },
  },
];
