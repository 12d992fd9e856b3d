import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | number | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'bounds are inclusive and NULL is ignored',
    tables: column('integer', 1, 2, 3, null),
    logic: { column: 'x', min_value: 2, max_value: 2 },
    expect: { outcome: 'pass', rowsChecked: 4, rowsFailed: 0, observed: { mean: '2' } },
  },
  {
    title: 'a mean outside fails once',
    tables: column('integer', 1, 2, 4),
    logic: { column: 'x', max_value: 2.33 },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'decimals are averaged exactly',
    tables: column('decimal(38,10)', '0.1', '0.2', '0.3'),
    logic: { column: 'x', min_value: 0.2, max_value: 0.2 },
    expect: { outcome: 'pass', observed: { mean: '0.2' } },
  },
  {
    title: '64-bit integers do not overflow',
    tables: column('bigint', '9223372036854775807', '9223372036854775807'),
    logic: { column: 'x', min_value: '9223372036854775807', max_value: '9223372036854775807' },
    expect: { outcome: 'pass' },
  },
  {
    title: 'a value that is not finite fails',
    tables: column('double', 1, 'NaN', 'Infinity'),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'fail', observed: { mean: null, non_finite: 2 } },
  },
  {
    title: 'doubles that add up beyond the largest one are an error',
    tables: column('double', '1e308', '1e308', '-1e308'),
    logic: { column: 'x', max_value: 10 },
    expect: { outcome: 'error' },
  },
  {
    title: 'no value is not applicable',
    tables: column('integer', null),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'not_applicable', rowsChecked: 1 },
  },
  {
    title: 'an empty table is not applicable',
    tables: column('integer'),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'not_applicable', rowsChecked: 0 },
  },
];
