import { type Cell, PlanError, type Threshold } from '@aegis/spec';
import Big from 'big.js';
import type { Measurements } from '../type/rule-type.js';

/**
 * A measured figure as an exact number. Missing and NULL are 0: a sum over nothing counts nothing.
 * @throws PlanError `unsupported` for NaN and infinities, which finite values add up to only beyond the largest double
 */
export const exact = (cell: Cell | undefined): Big => {
  const text = cell === null || cell === undefined ? '0' : String(cell);
  if (!notFinite.has(text)) return new Big(text);
  throw new PlanError('unsupported', 'a figure over the values is beyond the largest double', {
    hint: 'Check the column for absurdly large values, e.g. with max_value_check.',
  });
};

const notFinite: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);

/** A measured count as a JavaScript number, for display; counts beyond 2^53 lose their last digits only here. */
export const countOf = (measured: Measurements, name: string): number => Number(exact(measured[name]).toString());

/** 0 to 100, rounded for display only. `null` when there is nothing to divide by. */
export const displayPercent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Number(new Big(part).times(100).div(whole).round(6).toString());

/** `100·part > threshold·whole`, exactly; never by dividing. */
export const percentExceeds = (part: Big.BigSource, whole: Big.BigSource, threshold: Big.BigSource): boolean =>
  new Big(part).times(100).gt(new Big(threshold).times(whole));

/** What a threshold may be compared with. `null` where the type does not count that unit. */
export interface ViolationCounts {
  readonly rows: number;
  readonly keys: number | null;
  readonly values: number | null;
  /** What `percent` divides by. */
  readonly outOf: number;
}

/** Whether a count crosses a threshold, exactly. */
export const crosses = (threshold: Threshold, counts: ViolationCounts): boolean => {
  const limit = new Big(threshold.value);
  const [left, right] =
    threshold.of === 'percent'
      ? [new Big(counts.rows).times(100), limit.times(counts.outOf)]
      : [new Big(counts[threshold.of] ?? 0), limit];
  return threshold.operator === '>' ? left.gt(right) : left.gte(right);
};

export const formatThreshold = ({ of, operator, value }: Threshold): string => `${of} ${operator} ${value}`;
