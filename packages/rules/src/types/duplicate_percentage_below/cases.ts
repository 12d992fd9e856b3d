import type { TypeCase } from '../../type/rule-type.js';

const integers = (...values: readonly (number | null)[]) => ({
  t: { columns: { x: 'integer' as const }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'surplus values are divided by non-NULL values',
    tables: integers(1, 1, 2, 3, null, null),
    logic: { column: 'x', threshold: 25 },
    expect: { outcome: 'pass', rowsChecked: 6, rowsFailed: 1, failedBy: { rows: 1, keys: 1 } },
  },
  {
    title: 'more than the allowed share fails',
    tables: integers(1, 1, 2, 3, null, null),
    logic: { column: 'x', threshold: 24.99 },
    expect: { outcome: 'fail', rowsFailed: 1, observed: { duplicate_percent: '25' }, sample: [{ x: 1 }] },
  },
  {
    title: 'only NULLs are not applicable',
    tables: integers(null, null),
    logic: { column: 'x', threshold: 0 },
    expect: { outcome: 'not_applicable', rowsChecked: 2 },
  },
  {
    title: 'an empty table is not applicable',
    tables: integers(),
    logic: { column: 'x', threshold: 0 },
    expect: { outcome: 'not_applicable' },
  },
];
