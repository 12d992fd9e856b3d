import type { Metric } from '../../world.js';
import { type Numbers, numbersNamed, squaredDistances } from '../numbers.js';
import { approximate, sum } from '../rational.js';
import { columnNamed, valuesIn } from '../relation.js';
import { mayGiveUp, notApplicable, verdictOfTable } from '../verdict.js';
import type { Judges, Scene } from './judge.js';

/** What a metric came to in this run. */
interface Measured {
  /** `undefined` when there is nothing to compute it from. */
  readonly value: number | undefined;
  /** Whether a value is not finite. */
  readonly isSpoiled: boolean;
  readonly mayOverflow: boolean;
  /** How far doubles may be off. */
  readonly blur: number;
}

const metricsOfRows: {
  readonly [name in Extract<Metric, 'row_count' | 'null_percent'>]: (rows: number, nulls: number) => number | undefined;
} = {
  row_count: (rows) => rows,
  null_percent: (rows, nulls) => (rows === 0 ? undefined : (100 * nulls) / rows),
};

const metricsOfNumbers: {
  readonly [name in Exclude<Metric, 'row_count' | 'null_percent'>]: (numbers: Numbers) => number | undefined;
} = {
  mean: ({ finite }) => (finite.length === 0 ? undefined : approximate(sum(finite)) / finite.length),
  sum: ({ finite }) => (finite.length === 0 ? undefined : approximate(sum(finite))),
  min: ({ finite }) => (finite.length === 0 ? undefined : Math.min(...finite.map(approximate))),
  max: ({ finite }) => (finite.length === 0 ? undefined : Math.max(...finite.map(approximate))),
  stddev: ({ finite }) =>
    finite.length < 2 ? undefined : Math.sqrt(approximate(squaredDistances(finite)) / (finite.length - 1)),
};

const measure = (metric: Metric, name: string | undefined, { scope }: Scene): Measured => {
  const rows = scope.rows.length;
  if (metric === 'row_count' || metric === 'null_percent') {
    const values = name === undefined ? 0 : valuesIn(scope, columnNamed(scope, name, 'any')).length;
    return { value: metricsOfRows[metric](rows, rows - values), isSpoiled: false, mayOverflow: false, blur: 0 };
  }
  const numbers = numbersNamed(scope, name ?? '');
  // A deviation out of sums of squares loses half of its digits.
  const largest = Math.max(0, ...numbers.finite.map((each) => Math.abs(approximate(each))));
  const blur = largest * numbers.finite.length * (metric === 'stddev' ? 1e-6 : 1e-13);
  // Whatever is watched, the sums of values and of squares are measured.
  const mayOverflow = numbers.sum.mayOverflow || numbers.spread.mayOverflow;
  return { value: metricsOfNumbers[metric](numbers), isSpoiled: numbers.nonFinite > 0, mayOverflow, blur };
};

const rangeOf = (history: readonly number[], z: number) => {
  const mean = history.reduce((total, value) => total + value, 0) / history.length;
  const squares = history.reduce((total, value) => total + (value - mean) ** 2, 0);
  const reach = z * Math.sqrt(squares / (history.length - 1));
  return { low: mean - reach, high: mean + reach, isPoint: new Set(history).size === 1 };
};

export const learnedJudges: Judges<'learned_threshold'> = {
  learned_threshold: ({ params, history = [] }, scene) => {
    const rows = scene.scope.rows.length;
    const { value, isSpoiled, mayOverflow, blur } = measure(params.metric, params.column, scene);
    if (mayOverflow) return { ...mayGiveUp(rows), outcomes: ['pass', 'fail', 'not_applicable', 'error'] };
    if (isSpoiled) return verdictOfTable(false, rows);
    if (value === undefined || history.length < Number(params.min_history_days)) return notApplicable(rows);
    const { low, high, isPoint } = rangeOf(history, Number(params.zscore_threshold));
    const slack = blur + (isPoint ? 0 : 1e-9 * (Math.abs(low) + Math.abs(high)));
    const nearest = Math.min(Math.abs(value - low), Math.abs(value - high));
    const isUnclear = slack > 0 && nearest <= slack;
    return verdictOfTable(isUnclear ? undefined : value >= low && value <= high, rows);
  },
};
