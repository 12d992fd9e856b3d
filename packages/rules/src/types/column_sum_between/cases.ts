import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | number | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'bounds are inclusive',
    tables: column('integer', 1, 2, 3, null),
    logic: { column: 'x', min_value: 6, max_value: 6 },
    expect: { outcome: 'pass', rowsChecked: 4, observed: { sum: '6' } },
  },
  {
    title: 'a sum outside fails once',
    tables: column('integer', 1, 2, 3),
    logic: { column: 'x', max_value: 5 },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'sums of 64-bit integers are exact',
    tables: column('bigint', '9223372036854775807', '9223372036854775807'),
    logic: { column: 'x', min_value: '18446744073709551614', max_value: '18446744073709551614' },
    expect: { outcome: 'pass', observed: { sum: '18446744073709551614' } },
  },
  {
    title: 'sums of decimals are exact',
    tables: column('decimal(38,10)', '0.1', '0.2'),
    logic: { column: 'x', min_value: 0.3, max_value: 0.3 },
    expect: { outcome: 'pass', observed: { sum: '0.3' } },
  },
  {
    title: 'a value that is not finite fails',
    tables: column('double', 1, '-Infinity'),
    logic: { column: 'x', max_value: 10 },
    expect: { outcome: 'fail', observed: { non_finite: 1 } },
  },
  {
    title: 'no value is not applicable',
    tables: column('integer', null),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'not_applicable' },
  },
  {
    title: 'an empty table is not applicable',
    tables: column('integer'),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'not_applicable' },
  },
];
