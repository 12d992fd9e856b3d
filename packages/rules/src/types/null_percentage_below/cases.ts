import type { TypeCase } from '../../type/rule-type.js';

const nulls = (count: number, total: number) => ({
  t: {
    columns: { x: 'integer' as const },
    rows: Array.from({ length: total }, (_, index) => [index < count ? null : index]),
  },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'exactly the allowed share passes',
    tables: nulls(4, 10),
    logic: { column: 'x', threshold: 40 },
    expect: { outcome: 'pass', rowsChecked: 10, rowsFailed: 4 },
  },
  {
    title: 'more than the allowed share fails',
    tables: nulls(4, 10),
    logic: { column: 'x', threshold: 39 },
    expect: { outcome: 'fail', rowsFailed: 4, observed: { null_percent: '40' } },
  },
  {
    title: 'shares are compared exactly',
    tables: nulls(7, 100),
    logic: { column: 'x', threshold: 7 },
    expect: { outcome: 'pass' },
  },
  {
    title: 'a third is more than 33.33 percent',
    tables: nulls(1, 3),
    logic: { column: 'x', threshold: 33.33 },
    expect: { outcome: 'fail' },
  },
  {
    title: 'an empty table is not applicable',
    tables: nulls(0, 0),
    logic: { column: 'x', threshold: 0 },
    expect: { outcome: 'not_applicable' },
  },
];
