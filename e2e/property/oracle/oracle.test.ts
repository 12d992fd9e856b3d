import { describe, expect, it } from 'vitest';
import type { Cell, ColumnKind, GeneratedRule, Table, World } from '../world.js';
import { judge } from './oracle.js';

const table = (name: string, kind: ColumnKind, sqlType: string, columns: readonly (readonly Cell[])[]): Table => ({
  name,
  columns: columns.map((_, index) => ({ name: index === 0 ? 'x' : `x${index}`, kind, sqlType })),
  rows: (columns[0] ?? []).map((_, row) => columns.map((cells) => cells[row] ?? null)),
  deleted: [],
});

const integers = (name: string, ...columns: readonly (readonly (number | null)[])[]): Table =>
  table(
    name,
    'integer',
    'INTEGER',
    columns.map((cells) => cells.map((cell) => (cell === null ? null : String(cell)))),
  );

const worldOf = (target: Table, others: Partial<World> = {}): World => ({
  target,
  reference: integers('p', [1, null]),
  source: integers('s', [1, 2, 3, null]),
  now: '2026-01-15T12:00:00Z',
  timezone: 'UTC',
  ...others,
});

/** The outcome, and how many failed. */
const verdictOf = (rule: GeneratedRule, target: Table, others: Partial<World> = {}) => {
  const { outcomes, rowsFailed } = judge(rule, worldOf(target, others));
  return [outcomes.join(' or '), rowsFailed?.most];
};

/** The cases that the meaning of the rule types names. */
describe('the oracle', () => {
  it('counts values outside a range', () => {
    const rule: GeneratedRule = { type: 'between', params: { column: 'x', min_value: '0', max_value: '10' } };
    expect(verdictOf(rule, integers('t', [1, 5, 10, 15, -3]))).toEqual(['fail', 2]);
  });

  it('lets a NULL in the parent hide nothing', () => {
    const rule: GeneratedRule = { type: 'foreign_key', params: { columns: ['x'], reference_columns: ['x'] } };
    expect(verdictOf(rule, integers('t', [1, 99, 100]))).toEqual(['fail', 2]);
  });

  it('counts surplus rows of keys and ignores NULL', () => {
    const unique: GeneratedRule = { type: 'unique', params: { column: 'x' } };
    expect(verdictOf(unique, integers('t', [1, 2, null]))).toEqual(['pass', 0]);
    expect(verdictOf(unique, integers('t', [1, 1, 2]))).toEqual(['fail', 1]);
    const pairs: GeneratedRule = { type: 'composite_unique', params: { columns: ['x', 'x1'] } };
    expect(verdictOf(pairs, integers('t', [1, 1, 1, 2], [1, 2, 1, 2]))).toEqual(['fail', 1]);
  });

  it('compares shares exactly', () => {
    const rule = (threshold: string): GeneratedRule => ({
      type: 'null_percentage_below',
      params: { column: 'x', threshold },
    });
    const target = integers('t', [null, null, null, null, 1, 2, 3, 4, 5, 6]);
    expect(verdictOf(rule('40'), target)).toEqual(['pass', 4]);
    expect(verdictOf(rule('39'), target)).toEqual(['fail', 4]);
  });

  it('ages in whole seconds', () => {
    const rule: GeneratedRule = { type: 'freshness', params: { column: 'x', threshold: '1', unit: 'hours' } };
    const loaded = (at: string) => table('t', 'timestamp', 'TIMESTAMP', [[at]]);
    expect(verdictOf(rule, loaded('2026-01-15 10:02:00'))).toEqual(['fail', 1]);
    expect(verdictOf(rule, loaded('2026-01-15 11:00:00'))).toEqual(['pass', 0]);
    expect(verdictOf(rule, loaded('2026-01-15 10:59:59'))).toEqual(['fail', 1]);
    expect(verdictOf(rule, loaded('infinity'))).toEqual(['fail', 1]);
  });

  it('takes 0 for a real bound', () => {
    expect(verdictOf({ type: 'row_count_between', params: { max_value: '0' } }, integers('t', [1, 2]))).toEqual([
      'fail',
      1,
    ]);
  });

  it.each([
    ['0', 'fail'],
    ['33.33', 'fail'],
    ['33.34', 'pass'],
  ])('tolerates %s percent of difference between 3 and 4 rows: %s', (tolerance_pct, outcome) => {
    const rule: GeneratedRule = { type: 'reconcile_row_count', params: { tolerance_pct } };
    expect(verdictOf(rule, integers('t', [1, 2, 3, 4]), { source: integers('s', [1, 2, 3]) })[0]).toBe(outcome);
  });

  it('minds the sign of sums', () => {
    const params = { column: 'x', source_column: 'x', tolerance_pct: '10' };
    const source = integers('s', [-100]);
    expect(verdictOf({ type: 'reconcile_column_sum', params }, integers('t', [100]), { source })).toEqual(['fail', 1]);
  });

  it('counts keys missing on either side', () => {
    const rule: GeneratedRule = { type: 'reconcile_key_match', params: { columns: ['x'], source_columns: ['x'] } };
    expect(verdictOf(rule, integers('t', [7, 8, null]))).toEqual(['fail', 5]);
  });

  it('finds outliers by the population deviation', () => {
    const rule = (zscore_threshold: string): GeneratedRule => ({
      type: 'zscore_outlier',
      params: { column: 'x', zscore_threshold },
    });
    const near = Array.from({ length: 18 }, (_, index) => index + 1);
    expect(verdictOf(rule('3'), integers('t', [...near, 1000, -1000]))).toEqual(['fail', 2]);
    expect(verdictOf(rule('3.1'), integers('t', [...Array<number>(10).fill(0), 1]))).toEqual(['fail', 1]);
  });

  it('cannot judge what is not there or does not fit', () => {
    const codes = (column: string) =>
      judge(
        { type: 'mean_between', params: { column, min_value: '0' } },
        worldOf(table('t', 'text', 'VARCHAR', [['a']])),
      ).codes;
    expect(codes('y')).toEqual(['plan/missing-column']);
    expect(codes('x')).toEqual(['plan/type-mismatch']);
  });
});
