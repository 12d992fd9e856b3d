import type { TypeCase } from '../../type/rule-type.js';

const sides = (source: number, target: number) => ({
  t: { columns: { x: 'integer' as const }, rows: Array.from({ length: target }, (_, index) => [index]) },
  s: { columns: { x: 'integer' as const }, rows: Array.from({ length: source }, (_, index) => [index]) },
});
const within = (tolerance: number, outcome: 'pass' | 'fail'): TypeCase => ({
  title: `source 3, target 4, tolerance ${tolerance} percent`,
  tables: sides(3, 4),
  logic: { source_table: 's', tolerance_pct: tolerance },
  expect: { outcome, rowsChecked: 4, rowsFailed: outcome === 'pass' ? 0 : 1 },
});

export const cases: readonly TypeCase[] = [
  within(0, 'fail'),
  within(1, 'fail'),
  within(33.33, 'fail'),
  within(33.34, 'pass'),
  within(50, 'pass'),
  {
    title: 'an empty source needs an empty target',
    tables: sides(0, 1),
    logic: { source_table: 's', tolerance_pct: 100 },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'two empty sides agree',
    tables: sides(0, 0),
    logic: { source_table: 's' },
    expect: { outcome: 'pass', rowsChecked: 0 },
  },
  {
    title: 'both sides may be filtered',
    tables: sides(3, 4),
    logic: { source_table: 's', source_where: 'x < 2' },
    scope: { where: 'x < 2' },
    expect: { outcome: 'pass', rowsChecked: 2 },
  },
];
