import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | number | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'bounds are inclusive',
    tables: column('integer', 0, 10, 5),
    logic: { column: 'x', min_value: 0, max_value: 10 },
    expect: { outcome: 'pass', rowsChecked: 3, rowsFailed: 0 },
  },
  {
    title: 'values on both sides of the range',
    tables: column('integer', 1, 5, 10, 15, -3),
    logic: { column: 'x', min_value: 0, max_value: 10 },
    expect: { outcome: 'fail', rowsFailed: 2, sample: [{ x: 15 }, { x: -3 }] },
  },
  {
    title: 'NaN is outside a range with one side, infinities are compared',
    tables: column('double', 'NaN', 'Infinity', '-Infinity', 1, null),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'fail', rowsFailed: 2, observed: { non_null: 4 } },
  },
  {
    title: '64-bit integers keep their last digit',
    tables: column('bigint', '9007199254740993', '9223372036854775807'),
    logic: { column: 'x', max_value: '9007199254740992' },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'decimals are compared exactly',
    tables: column('decimal(38,10)', '0.1', '0.1000000001', '1234567890123456789012345678.0000000001'),
    logic: { column: 'x', max_value: '0.1' },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'a fraction bounds whole numbers',
    tables: column('integer', 1, 2),
    logic: { column: 'x', max_value: 1.5 },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'dates',
    tables: column('date', '2024-01-31', '2024-02-01', '0001-01-01'),
    logic: { column: 'x', min_value: '2024-01-01', max_value: '2024-01-31' },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'a date bound covers the whole day of a timestamp',
    tables: column('timestamp', '2024-01-31 23:59:59.999999', '2024-02-01 00:00:00', '2024-01-01 00:00:00'),
    logic: { column: 'x', min_value: '2024-01-01', max_value: '2024-01-31' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'a date bound covers the day in the zone of the rule',
    tables: column('timestamptz', '2024-01-31T22:59:59Z', '2024-01-31T23:00:00Z'),
    logic: { column: 'x', max_value: '2024-01-31' },
    scope: { timezone: 'Europe/Berlin' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'text is compared by code point',
    tables: column('text', 'a', 'Z', 'é', 'b', ''),
    logic: { column: 'x', min_value: 'a', max_value: 'b' },
    expect: { outcome: 'fail', rowsFailed: 3 },
  },
  {
    title: 'NULL counts when the rule says so',
    tables: column('integer', null, 1),
    logic: { column: 'x', min_value: 0, nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'only NULLs pass with nothing observed',
    tables: column('integer', null, null),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'pass', rowsChecked: 2, observed: { non_null: 0 } },
  },
  {
    title: 'a bound that does not fit the column is an error',
    tables: column('integer', 1),
    logic: { column: 'x', min_value: 'abc' },
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
  {
    title: 'an empty table is not applicable',
    tables: column('integer'),
    logic: { column: 'x', min_value: 0 },
    expect: { outcome: 'not_applicable' },
  },
];
