import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | number | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'the sample deviation decides: 2 for 0, 2, 4',
    tables: column('integer', 0, 2, 4, null),
    logic: { column: 'x', threshold: 2 },
    expect: { outcome: 'pass', rowsChecked: 4, observed: { stddev: '2' } },
  },
  {
    title: 'a larger deviation fails',
    tables: column('integer', 0, 2, 4),
    logic: { column: 'x', threshold: 1.99 },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'equal values have none',
    tables: column('decimal(38,10)', '0.1', '0.1', '0.1'),
    logic: { column: 'x', threshold: 0.000001 },
    expect: { outcome: 'pass' },
  },
  {
    title: 'one value is not applicable',
    tables: column('integer', 1, null),
    logic: { column: 'x', threshold: 0 },
    expect: { outcome: 'not_applicable' },
  },
  {
    title: 'a value that is not finite fails',
    tables: column('double', 1, 2, 'NaN'),
    logic: { column: 'x', threshold: 100 },
    expect: { outcome: 'fail', observed: { non_finite: 1 } },
  },
  {
    title: 'an empty table is not applicable',
    tables: column('integer'),
    logic: { column: 'x', threshold: 1 },
    expect: { outcome: 'not_applicable' },
  },
];
