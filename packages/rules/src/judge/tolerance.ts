import type Big from 'big.js';
import { decimal } from '../type/scalars.js';

/** The param of rules that compare figures of two sides. */
export const toleranceParam = {
  tolerance_pct: decimal({ min: 0 })
    .default('0')
    .describe('Largest allowed difference, in percent of the source. Compared exactly.'),
};

/** `100·abs(s − t) <= tolerance·abs(s)`, exactly; a source of 0 needs a target of 0. */
export const isWithinTolerance = (source: Big, target: Big, tolerancePct: string): boolean =>
  source.minus(target).abs().times(100).lte(source.abs().times(tolerancePct));

/** The difference in percent of the source, for display; `null` when the source is 0. */
export const differencePercent = (source: Big, target: Big): string | null =>
  source.eq(0) ? null : source.minus(target).abs().times(100).div(source.abs()).round(6).toFixed();
