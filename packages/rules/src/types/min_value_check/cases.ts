import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | number | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'the bound itself passes',
    tables: column('integer', 5, null),
    logic: { column: 'x', min_value: 5 },
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0 },
  },
  {
    title: 'values below the bound are violations',
    tables: column('integer', 4, 5, 6),
    logic: { column: 'x', min_value: 5 },
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ x: 4 }] },
  },
  {
    title: 'NaN is below every bound',
    tables: column('double', 'NaN', 5),
    logic: { column: 'x', min_value: 5 },
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ x: 'NaN' }] },
  },
  {
    title: 'dates are compared as dates',
    tables: column('date', '2024-02-29', '2024-03-01', '2024-03-02'),
    logic: { column: 'x', min_value: '2024-03-01' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'an empty table is not applicable',
    tables: column('integer'),
    logic: { column: 'x', min_value: 5 },
    expect: { outcome: 'not_applicable' },
  },
];
