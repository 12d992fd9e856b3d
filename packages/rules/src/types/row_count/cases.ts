import type { TypeCase } from '../../type/rule-type.js';

const rows = (count: number) => ({
  t: { columns: { x: 'integer' as const }, rows: Array.from({ length: count }, (_, index) => [index]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'as many as required passes',
    tables: rows(2),
    logic: { threshold: 2 },
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0, observed: { row_count: 2 } },
  },
  { title: 'fewer fails', tables: rows(2), logic: { threshold: 3 }, expect: { outcome: 'fail', rowsFailed: 1 } },
  {
    title: 'an empty table has 0 rows',
    tables: rows(0),
    logic: { threshold: 1 },
    expect: { outcome: 'fail', rowsChecked: 0 },
  },
  {
    title: '0 rows are enough when 0 are required',
    tables: rows(0),
    logic: { threshold: 0 },
    expect: { outcome: 'pass' },
  },
  {
    title: 'where narrows what is counted',
    tables: rows(3),
    logic: { threshold: 3 },
    scope: { where: 'x > 0' },
    expect: { outcome: 'fail', observed: { row_count: 2 } },
  },
];
