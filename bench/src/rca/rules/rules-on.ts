import type { Severity } from '@aegis/spec';
import type { Calibrated, Logic, RuleSketch } from './sketch.js';

/** How far a table may be from what it was: tables grow by a day of data in 23 a day. */
const volume = { below: 8, above: 20 };
const level = { below: 12, above: 12 };

const calibrated = (type: string, measure: string, bounds: { below: number; above: number }, column?: string) => ({
  measure,
  ...bounds,
  logic: (min_value: string, max_value: string): Logic => ({
    ...{ type, min_value, max_value },
    ...(column !== undefined && { column }),
  }),
});

const wholeBounds = ({ logic, ...calibrated }: Calibrated): Calibrated => ({
  ...calibrated,
  logic: (low, high) => logic(String(Math.ceil(Number(low))), String(Math.floor(Number(high)))),
});

/** Writes rules of one table, with ids that say what they are about. */
export const rulesOn = (table: string) => {
  const sketch = (what: string, severity: Severity, logic: Logic | Calibrated): RuleSketch => ({
    ...{ id: `${table.replace('.', '_')}_${what}`, table, severity, logic },
  });
  const on =
    (type: string, severity: Severity) =>
    (column: string, params: Omit<Logic, 'type'> = {}) =>
      sketch(`${column}_${type}`, severity, { ...params, type, column });
  return {
    notNull: on('not_null', 'high'),
    unique: on('unique', 'critical'),
    uniqueTogether: (...columns: readonly string[]) =>
      sketch(`${columns.join('_')}_unique`, 'critical', { type: 'composite_unique', columns }),
    between: (column: string, min_value: unknown, max_value: unknown) =>
      on('between', 'medium')(column, { min_value, max_value }),
    atLeast: (column: string, min_value: unknown) => on('min_value_check', 'medium')(column, { min_value }),
    accepted: (column: string, values: readonly unknown[]) => on('accepted_values', 'medium')(column, { values }),
    matches: (column: string, pattern: string) => on('regex_match', 'low')(column, { pattern }),
    notInFuture: (column: string) => on('no_future_dates', 'medium')(column),
    fresh: (column: string, hours: number) => on('freshness', 'high')(column, { threshold: hours, unit: 'hours' }),
    inOrder: (column: string, column_b: string) => on('date_order', 'medium')(column, { column_b }),
    refersTo: (column: string, reference_table: string, reference_column: string) =>
      on('foreign_key', 'high')(column, { reference_table, reference_column }),
    holds: (name: string, expression: string) =>
      sketch(`${name}_holds`, 'medium', { type: 'sql_expression', expression }),
    sameRows: (source_table: string) =>
      sketch('rows_reconciled', 'high', { type: 'reconcile_row_count', source_table, tolerance_pct: 0 }),
    sameKeys: (column: string, source_table: string) =>
      sketch(`${column}_reconciled`, 'high', { type: 'reconcile_key_match', column, source_table }),
    sameSum: (column: string, source_table: string, source_column: string) =>
      sketch(`${column}_sum_reconciled`, 'high', {
        ...{ type: 'reconcile_column_sum', column, source_table, source_column, tolerance_pct: 0.01 },
      }),
    rowCount: () => sketch('row_count', 'high', wholeBounds(calibrated('row_count_between', 'count(*)', volume))),
    mean: (column: string) =>
      sketch(`${column}_mean`, 'medium', calibrated('mean_between', `avg(${column})`, level, column)),
    sum: (column: string) =>
      sketch(`${column}_sum`, 'medium', calibrated('column_sum_between', `sum(${column})`, volume, column)),
  };
};
