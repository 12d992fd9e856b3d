import type { TypeCase } from '../../type/rule-type.js';

const rows = (count: number) => ({
  t: { columns: { x: 'integer' as const }, rows: Array.from({ length: count }, (_, index) => [index]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'bounds are inclusive',
    tables: rows(2),
    logic: { min_value: 2, max_value: 2 },
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0 },
  },
  { title: '0 is a real bound', tables: rows(2), logic: { max_value: 0 }, expect: { outcome: 'fail', rowsFailed: 1 } },
  {
    title: 'an empty table has 0 rows',
    tables: rows(0),
    logic: { max_value: 0 },
    expect: { outcome: 'pass', rowsChecked: 0 },
  },
  { title: 'too few fails', tables: rows(1), logic: { min_value: 2 }, expect: { outcome: 'fail' } },
];
