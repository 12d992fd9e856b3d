import type { BucketSelection } from '@aegis/spec';
import type { Part } from './checksums.js';
import { missingFrom, readParts, rowsIn, showMissing } from './read-rows.js';
import { type Narrowing, round } from './rounds.js';
import type { Span } from './totals.js';

/** Keys from `low` to below `below`, with the rows that each side has there. */
interface Range extends Part {
  readonly low: bigint;
  readonly below: bigint;
}

/** Ranges that one statement names: an engine compares each key with every one. */
const mostRanges = 64;
/** Rounds after which ranges are no wider than a key in all but the strangest tables. */
const mostRounds = 6;

/**
 * Cuts the span of the keys into ranges, and those that differ into smaller ones as long as that leaves rows out, then reads
 * what is left. Ranges that only one side has are counted and not read.
 */
export const readRanges = async (job: Narrowing, { low, high }: Span): Promise<void> => {
  const { ranges, subranges, batchRows } = job.limits;
  let width = ceilDivide(high - low + 1n, BigInt(ranges));
  let open = await compareRanges(job, low, width);
  for (let rounds = 1; rounds < mostRounds && width > 1n; rounds += 1) {
    const rows = rowsIn(open);
    const suspects = joined(open, Number.POSITIVE_INFINITY);
    if (rows <= batchRows || suspects.length > mostRanges) break;
    width = ceilDivide(width, BigInt(subranges));
    open = await compareRanges(job, low, width, selectionOf(suspects));
    if (rowsIn(open) * 10 > rows * 9) break;
  }
  await readParts(job, joined(open, batchRows), selectionOf, mostRanges);
};

const ceilDivide = (value: bigint, divisor: bigint): bigint => (value + divisor - 1n) / divisor;

const selectionOf = (ranges: readonly Range[]): BucketSelection => ({
  by: 'range',
  ranges: ranges.map(({ low, below }) => ({ from: String(low), below: String(below) })),
});

/** Ranges next to each other as one, while it holds no more rows than given. */
const joined = (ranges: readonly Range[], mostRows: number): readonly Range[] => {
  const found: Range[] = [];
  for (const range of ranges.toSorted((a, b) => Number(a.low > b.low) - Number(a.low < b.low))) {
    const last = found.at(-1);
    const isNext = last !== undefined && last.below === range.low && rowsIn([last]) + rowsIn([range]) <= mostRows;
    if (isNext) found.splice(-1, 1, together(last, range));
    else found.push(range);
  }
  return found;
};

const together = (left: Range, right: Range): Range => ({
  bucket: left.bucket,
  target: left.target + right.target,
  source: left.source + right.source,
  low: left.low,
  below: right.below,
});

/** Ranges that hold rows of one side only are settled by their count; the others that differ are given back. */
const compareRanges = async (
  job: Narrowing,
  from: bigint,
  width: bigint,
  within?: BucketSelection,
): Promise<readonly Range[]> => {
  const buckets = { by: 'range', from: String(from), width: String(width) } as const;
  const { differing } = await round(job, { buckets, within, ...(job.comparison.distinct && { distinct: true }) });
  const ranges = differing.map((part): Range => {
    const low = from + BigInt(part.bucket);
    return { ...part, low, below: low + width };
  });
  for (const side of ['target', 'source'] as const) await settleAlone(job, side, ranges);
  return ranges.filter(({ target, source }) => target > 0 && source > 0);
};

const settleAlone = async (job: Narrowing, side: 'target' | 'source', ranges: readonly Range[]): Promise<void> => {
  const alone = ranges.filter((range) => range[side] > 0 && range.target + range.source === range[side]);
  if (alone.length === 0) return;
  const rows = alone.reduce((sum, range) => sum + range[side], 0);
  job.findings.countMissing(missingFrom(side), rows);
  await showMissing(job, side, selectionOf(joined(alone, Number.POSITIVE_INFINITY).slice(0, mostRanges)));
};
