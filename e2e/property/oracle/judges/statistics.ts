import type { RuleOf } from '../../world.js';
import { atLeast, type Numbers, numbersNamed, squaredDistances } from '../numbers.js';
import { absolute, add, compare, multiply, over, type Rational, subtract, sum, whole, zero } from '../rational.js';
import { columnsNamed, type Relation } from '../relation.js';
import { isFiniteValue } from '../value.js';
import {
  mayGiveUp,
  notApplicable,
  number,
  type Span,
  type Verdict,
  verdictOfCounts,
  verdictOfTable,
} from '../verdict.js';
import type { Judges } from './judge.js';

interface Bounds {
  readonly min_value?: string;
  readonly max_value?: string;
}

/** Whether a figure lies within bounds; `undefined` when it is too close to one to say. */
const within = (figure: Rational, blur: Rational, { min_value: min, max_value: max }: Bounds): boolean | undefined => {
  const sides = [
    ...(min === undefined ? [] : [atLeast(figure, number(min), blur)]),
    ...(max === undefined ? [] : [atLeast(number(max), figure, blur)]),
  ];
  return sides.includes(false) ? false : sides.includes(undefined) ? undefined : true;
};

/** Judges a figure over a column; too few values cannot be judged, values that are not finite fail. */
const statistic = (
  numbers: Numbers,
  { least, of, holds }: { least: number; of: 'sum' | 'spread'; holds: () => boolean | undefined },
): Verdict => {
  if (numbers.nonNull < least) return notApplicable(numbers.rows);
  if (numbers[of].mayOverflow) return mayGiveUp(numbers.rows);
  return verdictOfTable(numbers.nonFinite === 0 && holds(), numbers.rows);
};

export const statisticJudges: Judges<
  'mean_between' | 'column_sum_between' | 'stddev_below' | 'zscore_outlier' | 'isolation_forest'
> = {
  mean_between: ({ params }, { scope }) => {
    const numbers = numbersNamed(scope, params.column);
    const mean = over(sum(numbers.finite), numbers.finite.length || 1);
    return statistic(numbers, { least: 1, of: 'sum', holds: () => within(mean, numbers.sum.blur, params) });
  },
  column_sum_between: ({ params }, { scope }) => {
    const numbers = numbersNamed(scope, params.column);
    const total = sum(numbers.finite);
    return statistic(numbers, { least: 1, of: 'sum', holds: () => within(total, numbers.sum.blur, params) });
  },
  stddev_below: ({ params }, { scope }) => {
    const numbers = numbersNamed(scope, params.column);
    return statistic(numbers, { least: 2, of: 'spread', holds: () => isSpreadAtMost(numbers, params.threshold) });
  },
  zscore_outlier: (rule, { scope }) => {
    const numbers = numbersNamed(scope, rule.params.column);
    if (numbers.nonNull === 0) return notApplicable(numbers.rows);
    if (numbers.spread.mayOverflow) return mayGiveUp(numbers.rows);
    const failed = outliers(numbers, rule.params.zscore_threshold);
    return verdictOfCounts({ rowsChecked: numbers.rows, failed }, rule);
  },
  isolation_forest: (rule, { scope }) => isolated(rule, scope),
};

const isSpreadAtMost = ({ finite, spread }: Numbers, threshold: string): boolean | undefined => {
  const variance = over(squaredDistances(finite), finite.length - 1);
  const limit = number(threshold);
  const isBelow = (bound: Rational) => compare(bound, zero) >= 0 && compare(variance, multiply(bound, bound)) <= 0;
  if (compare(variance, zero) === 0 || isBelow(subtract(limit, spread.blur))) return true;
  return isBelow(add(limit, spread.blur)) ? undefined : false;
};

/** Values further than `threshold` population deviations from the mean, and those that are not finite. */
const outliers = ({ finite, nonFinite, spread }: Numbers, threshold: string): Span => {
  const variance = over(squaredDistances(finite), finite.length || 1);
  if (compare(variance, zero) === 0) return { least: nonFinite, most: nonFinite };
  const mean = over(sum(finite), finite.length);
  const limit = number(threshold);
  const reach = multiply(multiply(limit, limit), variance);
  const slack = multiply(spread.blur, add(limit, whole(2)));
  const countFar = (by: Rational): number =>
    finite.filter((each) => {
      const distance = add(absolute(subtract(each, mean)), by);
      return compare(distance, zero) >= 0 && compare(multiply(distance, distance), reach) > 0;
    }).length;
  return { least: nonFinite + countFar(subtract(zero, slack)), most: nonFinite + countFar(slack) };
};

/**
 * Which points a forest isolates depends on its random cuts. What must hold whatever they are: rows with NULL are left
 * out, values that are not finite are anomalies, and a contamination is the largest share that may be reported.
 */
const isolated = (rule: RuleOf<'isolation_forest'>, scope: Relation): Verdict => {
  const columns = columnsNamed(scope, rule.params.columns, 'numeric');
  const complete = scope.rows
    .map((row) => columns.map(({ index }) => row[index] ?? null))
    .filter((row) => !row.includes(null));
  if (complete.length === 0) return notApplicable(scope.rows.length);
  const certain = complete.filter((row) => !row.every((value) => value !== null && isFiniteValue(value))).length;
  const failed = anomalies(complete.length, certain, rule.params.contamination);
  return verdictOfCounts({ rowsChecked: scope.rows.length, failed }, rule);
};

const anomalies = (points: number, certain: number, contamination: string | undefined): Span => {
  if (contamination === undefined) return { least: certain, most: points - certain < 2 ? certain : points };
  const { n, d } = number(contamination);
  const wanted = Number((BigInt(points) * n) / d);
  return { least: Math.min(certain, wanted), most: wanted };
};
