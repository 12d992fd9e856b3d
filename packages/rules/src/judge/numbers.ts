import type { AggregateExpression, ColumnExpression, JsonObject } from '@aegis/spec';
import { aggregate, count, countAll, countIf, isFiniteValue } from '@aegis/sql';
import type Big from 'big.js';
import type { Judgement, Measurements } from '../type/rule-type.js';
import { countOf, exact } from './counts.js';
import { judgeTable, notApplicable, type TableFinding } from './judgement.js';

type Measures = { readonly [name: string]: AggregateExpression };

/** Counts that every statistic needs. Only floats have values that are not finite. */
export const countsOfNumbers = (column: ColumnExpression): Measures => ({
  rows: countAll(),
  non_null: count(column),
  ...(column.type.kind === 'float' && { finite: countIf(isFiniteValue(column)) }),
});

/** A statistic over the finite values. */
export const statisticOf = (
  fn: 'sum' | 'sum_squares' | 'min' | 'max' | 'mean' | 'stddev_sample' | 'stddev_population',
  column: ColumnExpression,
): AggregateExpression => aggregate(fn, column, column.type.kind === 'float' ? isFiniteValue(column) : undefined);

/** Values that are NaN or infinite. */
export const nonFiniteOf = (measured: Measurements): number =>
  measured.finite === undefined ? 0 : countOf(measured, 'non_null') - countOf(measured, 'finite');

/** Exact sum divided by count, to 20 digits: for showing, not for judging. */
export const displayMean = (sum: Big, divisor: number): string => {
  const mean = sum.div(divisor);
  return mean.round(mean.abs().lt(1) ? 20 : 10).toFixed();
};

export interface Statistic {
  /** What there must be at least, not counting NULL. */
  readonly least: number;
  readonly figure: string;
  readonly display: () => string;
  readonly holds: () => boolean;
  readonly expected: JsonObject;
}

/** Judges a statistic: not applicable over too few values, failed over any that is not finite. */
export const judgeStatistic = (measured: Measurements, statistic: Statistic): Judgement => {
  const nonNull = countOf(measured, 'non_null');
  const nonFinite = nonFiniteOf(measured);
  const rowsChecked = countOf(measured, 'rows');
  const counts = { non_null: nonNull, ...(nonFinite > 0 && { non_finite: nonFinite }) };
  if (nonNull < statistic.least) {
    const observed = { [statistic.figure]: null, ...counts };
    const reason = nonNull === 0 ? 'no value to judge' : 'too few values to judge';
    return notApplicable(reason, { rowsChecked, unit: 'table', observed, expected: statistic.expected });
  }
  const finding: Omit<TableFinding, 'holds' | 'observed'> = { rowsChecked, expected: statistic.expected };
  if (nonFinite > 0) return judgeTable({ ...finding, holds: false, observed: { [statistic.figure]: null, ...counts } });
  const observed = { [statistic.figure]: statistic.display(), ...counts };
  return judgeTable({ ...finding, holds: statistic.holds(), observed });
};

/** The measured sum, exactly. */
export const sumOf = (measured: Measurements): Big => exact(measured.sum);
