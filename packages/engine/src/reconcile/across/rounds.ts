import { compareChecksums, type Round, type RoundRequest } from './checksums.js';
import type { Reading } from './read-rows.js';
import type { Totals } from './totals.js';
import type { Both } from './two-sides.js';

/** What narrowing down needs at hand. */
export interface Narrowing extends Reading {
  readonly totals: Both<Totals>;
  readonly sampleRows: number;
  /** Most buckets that a statement may name. */
  readonly mostChosen: number;
}

/** Rows with complete keys. */
export const rowsOfLargerSide = ({ totals: { target, source } }: Narrowing): number =>
  Math.max(target.complete, source.complete);

/** Asks both sides for checksums, and tells how far the comparison is. */
export const round = async (
  { comparison, sides, limits, progress }: Narrowing,
  request: RoundRequest,
): Promise<Round> => {
  const found = await compareChecksums(comparison, sides, request, limits.mostRows);
  progress.compared(found);
  return found;
};
