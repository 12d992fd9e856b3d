import type { TypeCase } from '../../type/rule-type.js';

const doubles = (values: readonly (number | string | null)[]) => ({
  t: { columns: { x: 'double' as const }, rows: values.map((value) => [value]) },
});
const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

export const cases: readonly TypeCase[] = [
  {
    title: 'two far values among eighteen near ones',
    tables: { t: { columns: { x: 'integer' }, rows: [...oneTo(18), 1000, -1000].map((value) => [value]) } },
    logic: { column: 'x', zscore_threshold: 3 },
    expect: { outcome: 'fail', rowsChecked: 20, rowsFailed: 2, sample: [{ x: 1000 }, { x: -1000 }] },
  },
  {
    title: 'the population deviation decides',
    tables: doubles([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
    logic: { column: 'x', zscore_threshold: 3.1 },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'no spread, no outlier',
    tables: doubles([5, 5, 5]),
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsFailed: 0, observed: { stddev: 0 } },
  },
  {
    title: 'a single value is no outlier',
    tables: doubles([5, null]),
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0 },
  },
  {
    title: 'NaN and infinities are outliers and do not disturb the mean',
    tables: doubles([1, 2, 3, 'NaN', 'Infinity', '-Infinity']),
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsFailed: 3, observed: { mean: 2, non_finite: 3 } },
  },
  {
    title: 'only NULLs have no outlier',
    tables: doubles([null, null]),
    logic: { column: 'x' },
    expect: { outcome: 'not_applicable', rowsChecked: 2, observed: { non_null: 0 } },
  },
  {
    title: 'an empty table is not applicable',
    tables: doubles([]),
    logic: { column: 'x' },
    expect: { outcome: 'not_applicable', rowsChecked: 0 },
  },
  {
    title: 'a text column is an error',
    tables: { t: { columns: { x: 'text' }, rows: [['1']] } },
    logic: { column: 'x' },
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
];
