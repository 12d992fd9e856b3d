import type { BucketSelection } from '@aegis/spec';
import type { Part } from './checksums.js';
import { missingFrom, readParts, rowsIn, showMissing } from './read-rows.js';
import { type Narrowing, round, rowsOfLargerSide } from './rounds.js';
import { commonSpan } from './totals.js';

/** Keys from `low` to below `below`, with the rows that each side has there. */
interface Range extends Part {
  readonly low: bigint;
  readonly below: bigint;
}

/** Ranges of one width whose checksums differ. */
interface Cut {
  readonly width: bigint;
  /** Whether each side had as many distinct keys as rows. */
  readonly isUnique: boolean;
  /** With rows of one side only. */
  readonly alone: readonly Range[];
  /** With rows of both. */
  readonly open: readonly Range[];
}

/** Ranges that one statement names: an engine compares each key with every one. */
const mostRanges = 64;
/** Rounds after which ranges are no wider than a key in all but the strangest tables. */
const mostRounds = 6;

/**
 * Cuts the span of the keys into ranges, and those that differ into smaller ones as long as that leaves rows out, then reads
 * what is left. Ranges that only one side has are counted and not read. Reads nothing where keys have no ranges or differences
 * do not lie together; then it tells whether keys were found to be unique.
 */
export const readRanges = async (job: Narrowing): Promise<'read' | 'unique keys' | 'nothing known'> => {
  const span = commonSpan(job.totals);
  if (!span) return 'nothing known';
  let cut = await cutInto(job, span.low, ceilDivide(span.high - span.low + 1n, BigInt(job.limits.ranges)));
  const isScattered = !liesTogether(cut) || rowsIn(cut.open) * 2 > rowsOfLargerSide(job);
  if (isScattered) return cut.isUnique ? 'unique keys' : 'nothing known';
  await settle(job, cut.alone);
  for (let rounds = 1; rounds < mostRounds && rowsIn(cut.open) > job.limits.batchRows && cut.width > 1n; rounds += 1) {
    const finer = await cutFiner(job, span.low, cut);
    if (!liesTogether(finer) || rowsIn(finer.open) * 10 > rowsIn(cut.open) * 9) break;
    await settle(job, finer.alone);
    cut = finer;
  }
  await readParts(job, joined(cut.open, job.limits.batchRows), selectionOf, mostRanges);
  return 'read';
};

const ceilDivide = (value: bigint, divisor: bigint): bigint => (value + divisor - 1n) / divisor;

const liesTogether = ({ open }: Cut): boolean => joined(open, Number.POSITIVE_INFINITY).length <= mostRanges;

const cutFiner = (job: Narrowing, low: bigint, { width, open }: Cut): Promise<Cut> => {
  const within = selectionOf(joined(open, Number.POSITIVE_INFINITY));
  return cutInto(job, low, ceilDivide(width, BigInt(job.limits.subranges)), within);
};

const cutInto = async (job: Narrowing, from: bigint, width: bigint, within?: BucketSelection): Promise<Cut> => {
  const buckets = { by: 'range', from: String(from), width: String(width) } as const;
  const { distinct } = job.comparison;
  const { differing, rows } = await round(job, { buckets, within, ...(distinct && { distinct: true }) });
  const ranges = differing.map((part): Range => {
    const low = from + BigInt(part.bucket);
    return { ...part, low, below: low + width };
  });
  const isOpen = ({ target, source }: Range) => target > 0 && source > 0;
  const isUnique = rows.target === job.totals.target.complete && rows.source === job.totals.source.complete;
  return { width, isUnique, open: ranges.filter(isOpen), alone: ranges.filter((range) => !isOpen(range)) };
};

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

/** Rows that the other side lacks as a whole range are counted, and a few of them shown. */
const settle = async (job: Narrowing, ranges: readonly Range[]): Promise<void> => {
  for (const side of ['target', 'source'] as const) {
    const alone = ranges.filter((range) => range[side] > 0);
    if (alone.length === 0) continue;
    job.findings.countMissing(missingFrom(side), rowsIn(alone));
    await showMissing(job, side, selectionOf(joined(alone, Number.POSITIVE_INFINITY).slice(0, mostRanges)));
  }
};
