import { countOf, exact } from '../../judge/counts.js';
import type { Measurements } from '../../type/rule-type.js';

export const metricNames = ['mean', 'sum', 'min', 'max', 'stddev', 'null_percent', 'row_count'] as const;
export type MetricName = (typeof metricNames)[number];

/** Whether the metric is about the column's numbers, rather than about its rows. */
export const needsNumbers = (metric: MetricName): boolean => metric !== 'null_percent' && metric !== 'row_count';

const valuesIn = (measured: Measurements): number => countOf(measured, 'non_null');
const numberOrNull = (measured: Measurements, name: string): number | null =>
  valuesIn(measured) === 0 ? null : Number(exact(measured[name]));

const metrics: { readonly [name in MetricName]: (measured: Measurements) => number | null } = {
  mean: (measured) => (valuesIn(measured) === 0 ? null : Number(exact(measured.sum).div(valuesIn(measured)))),
  sum: (measured) => numberOrNull(measured, 'sum'),
  min: (measured) => numberOrNull(measured, 'min'),
  max: (measured) => numberOrNull(measured, 'max'),
  stddev: (measured) => sampleDeviation(measured),
  null_percent: (measured) => {
    const rows = countOf(measured, 'rows');
    return rows === 0 ? null : (100 * (rows - valuesIn(measured))) / rows;
  },
  row_count: (measured) => countOf(measured, 'rows'),
};

/** From the mergeable sums; rounding may leave a tiny negative variance, which is none. */
const sampleDeviation = (measured: Measurements): number | null => {
  const n = valuesIn(measured);
  if (n < 2) return null;
  const sum = exact(measured.sum);
  const variance = Number(
    exact(measured.sum_squares)
      .minus(sum.times(sum).div(n))
      .div(n - 1),
  );
  return Math.sqrt(Math.max(0, variance));
};

/** The watched figure; `null` when there is nothing to compute it from. */
export const metricOf = (name: MetricName, measured: Measurements): number | null => metrics[name](measured);
