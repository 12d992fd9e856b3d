import type { Bucketing, BucketSelection } from '@aegis/spec';
import { compareChecksums, type Part, type Round, type RoundRequest } from './checksums.js';
import { bucketCount } from './limits.js';
import { missingFrom, type Reading, readParts, rowsIn, showMissing } from './read-rows.js';
import { commonSpan, type Totals } from './totals.js';
import type { Both } from './two-sides.js';

export interface Narrowing extends Reading {
  readonly totals: Both<Totals>;
  readonly sampleRows: number;
  /** Most buckets that a statement may name. */
  readonly mostChosen: number;
}

/**
 * Compares checksums of buckets in one round, then reads the buckets that differ. Where these hold many rows, they are cut
 * smaller first: a few scattered ones by more of the hash, and most of them by ranges of keys, in which differences that
 * lie together, e.g. those of a missing day, are found.
 */
export const narrowAndRead = async (job: Narrowing): Promise<void> => {
  const { totals, limits } = job;
  const count = bucketCount(totals.target.complete, totals.source.complete, limits);
  const first = await round(job, { buckets: { by: 'hash', count } });
  if (rowsIn(first.differing) <= limits.batchRows) return readHashed(job, first, count);
  if (isScattered(first) && first.differing.length <= job.mostChosen) return refine(job, first, count);
  const span = commonSpan(totals);
  return span ? readRanges(job, span) : readHashed(job, await withoutRepeats(job, first, count), count);
};

const round = async ({ comparison, sides, limits, progress }: Narrowing, request: RoundRequest): Promise<Round> => {
  const found = await compareChecksums(comparison, sides, request, limits.mostRows);
  progress.compared(found);
  return found;
};

/** At most a quarter of the buckets differ. */
const isScattered = ({ buckets, differing }: Round): boolean => differing.length * 4 <= buckets;

const chosen =
  (count: number) =>
  (parts: readonly Part[]): BucketSelection => ({
    by: 'hash',
    count,
    chosen: parts.map(({ bucket }) => Number(bucket)),
  });

const readHashed = (job: Narrowing, { differing }: Round, count: number): Promise<void> =>
  readParts(job, differing, chosen(count), job.mostChosen);

const refine = async (job: Narrowing, { differing }: Round, count: number): Promise<void> => {
  const finer = count * job.limits.refinement;
  const second = await round(job, { buckets: { by: 'hash', count: finer }, within: chosen(count)(differing) });
  return readHashed(job, second, finer);
};

/** Of keys alone, buckets may differ because keys repeat on one side: counted once, they agree. */
const withoutRepeats = async (job: Narrowing, first: Round, count: number): Promise<Round> =>
  job.comparison.distinct ? round(job, { buckets: { by: 'hash', count }, distinct: true }) : first;

/** Ranges that one statement names. */
const mostRanges = 200;
/** Rounds after which ranges are no wider than a key in all but the strangest tables. */
const mostRounds = 6;

const readRanges = async (job: Narrowing, { low, high }: { readonly low: bigint; readonly high: bigint }) => {
  const { ranges, subranges, batchRows } = job.limits;
  let width = ceilDivide(high - low + 1n, BigInt(ranges));
  let open = await compareRanges(job, { by: 'range', from: String(low), width: String(width) });
  for (let rounds = 1; rounds < mostRounds && width > 1n && open.length <= mostRanges; rounds += 1) {
    const rows = rowsIn(open);
    if (rows <= batchRows) break;
    const within = rangesOf(low, width)(open);
    width = ceilDivide(width, BigInt(subranges));
    open = await compareRanges(job, { by: 'range', from: String(low), width: String(width) }, within);
    if (rowsIn(open) * 10 > rows * 9) break;
  }
  await readParts(job, open, rangesOf(low, width), mostRanges);
};

const ceilDivide = (value: bigint, divisor: bigint): bigint => (value + divisor - 1n) / divisor;

const rangesOf =
  (low: bigint, width: bigint) =>
  (parts: readonly Part[]): BucketSelection => ({
    by: 'range',
    ranges: parts.map(({ bucket }) => ({
      from: String(low + BigInt(bucket)),
      below: String(low + BigInt(bucket) + width),
    })),
  });

/** Ranges that hold rows of one side only are settled by their count; the others that differ are given back. */
const compareRanges = async (
  job: Narrowing,
  buckets: Extract<Bucketing, { by: 'range' }>,
  within?: BucketSelection,
): Promise<readonly Part[]> => {
  const { differing } = await round(job, { buckets, within, ...(job.comparison.distinct && { distinct: true }) });
  for (const side of ['target', 'source'] as const) {
    const alone = differing.filter((part) => part[side] > 0 && part.target + part.source === part[side]);
    if (alone.length === 0) continue;
    job.findings.countMissing(
      missingFrom(side),
      alone.reduce((sum, part) => sum + part[side], 0),
    );
    const selection = rangesOf(BigInt(buckets.from), BigInt(buckets.width))(alone.slice(0, mostRanges));
    await showMissing(job, side, selection);
  }
  return differing.filter(({ target, source }) => target > 0 && source > 0);
};
