import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

type Values = readonly (string | number | null)[];

const sides = (target: Values, source: Values, type: CaseColumnType = 'integer') => ({
  t: { columns: { x: type }, rows: target.map((value) => [value]) },
  s: { columns: { x: type }, rows: source.map((value) => [value]) },
});
const logic = { column: 'x', source_table: 's' };

export const cases: readonly TypeCase[] = [
  {
    title: 'equal sums of different rows agree',
    tables: sides([1, 2, 3], [6]),
    logic,
    expect: { outcome: 'pass', rowsChecked: 3, rowsFailed: 0 },
  },
  {
    title: 'the sign matters: −100 against 100 with tolerance 10',
    tables: sides([100], [-100]),
    logic: { ...logic, tolerance_pct: 10 },
    expect: { outcome: 'fail', rowsFailed: 1, observed: { difference_percent: '200' } },
  },
  {
    title: 'exactly the tolerance passes',
    tables: sides([110], [100]),
    logic: { ...logic, tolerance_pct: 10 },
    expect: { outcome: 'pass' },
  },
  {
    title: 'the sum of nothing is 0',
    tables: sides([null], []),
    logic,
    expect: { outcome: 'pass' },
  },
  {
    title: 'decimals add up exactly',
    tables: sides(['0.1', '0.2'], ['0.3'], 'decimal(38,10)'),
    logic,
    expect: { outcome: 'pass' },
  },
  {
    title: 'a value that is not finite fails',
    tables: sides([1, 'NaN'], [1], 'double'),
    logic,
    expect: { outcome: 'fail', observed: { non_finite: 1 } },
  },
  {
    title: 'the source may name its column otherwise',
    tables: {
      t: { columns: { x: 'integer' }, rows: [[1]] },
      s: { columns: { y: 'bigint' }, rows: [[1]] },
    },
    logic: { ...logic, source_column: 'y' },
    expect: { outcome: 'pass' },
  },
];
