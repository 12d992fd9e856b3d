import type { SegmentCount } from './count-segments.js';
import type { Dimension } from './dimensions.js';
import {
  byGain,
  type FoundSegment,
  found,
  isWorthTelling,
  nullSegment,
  rangeSegment,
  type Segment,
  valueSegment,
} from './segment.js';
import { gain, type Split } from './tail-probability.js';

/** All rows, and those that fail the rule. */
export type Whole = Pick<Split, 'rows' | 'failing'>;

/** What was counted along one dimension. */
export interface Counted {
  readonly dimension: Dimension;
  readonly counts: readonly SegmentCount[];
}

const mostCandidates = 8;
const mostOfColumn = 3;

/** The segments of single columns that explain most, at most {@link mostCandidates}; `test` is the rule's position. */
export const singleSegments = (counted: readonly Counted[], whole: Whole, test: number): readonly FoundSegment[] => {
  const ranges = counted.filter(({ dimension }) => dimension.cuts).length;
  const columns = new Set(counted.map(({ dimension }) => dimension.column.name)).size;
  const all = counted
    .flatMap(({ dimension, counts }) => [
      ...valuesIn(dimension, counts, whole, test, columns),
      ...rangesIn(dimension, counts, whole, test, ranges),
    ])
    .toSorted(byGain);
  const seen = new Map<string, number>();
  return all
    .filter(({ columns: [column = ''] }) => {
      seen.set(column, (seen.get(column) ?? 0) + 1);
      return (seen.get(column) ?? 0) <= mostOfColumn;
    })
    .slice(0, mostCandidates);
};

/** A column has at most `rows / segmentRows` values with so many rows, whichever of them were looked at. */
const valuesIn = (
  dimension: Dimension,
  counts: readonly SegmentCount[],
  whole: Whole,
  test: number,
  columns: number,
): readonly FoundSegment[] =>
  counts.flatMap((count) => {
    const segment = segmentOf(dimension, count);
    const split = splitOf(whole, count.rows, count.failing[test] ?? 0);
    return (segment && found(segment, split, (columns * whole.rows) / Math.max(1, count.rows))) ?? [];
  });

const segmentOf = ({ column, spec }: Dimension, { values: [value = null] }: SegmentCount): Segment | undefined => {
  switch (spec.by) {
    case 'value':
      return valueSegment(column, value);
    case 'listed':
      return value === null ? undefined : valueSegment(column, value);
    case 'range':
      return value === null ? nullSegment(column) : undefined;
    case 'condition':
      return Number(value) === 1 ? nullSegment(column) : undefined;
  }
};

/** The range between two cuts that explains most. */
const rangesIn = (
  { column, cuts }: Dimension,
  counts: readonly SegmentCount[],
  whole: Whole,
  test: number,
  ranges: number,
): readonly FoundSegment[] => {
  if (!cuts) return [];
  const best = bestRange(cumulated(counts, cuts.edges.length + 1, test), whole);
  if (!best) return [];
  const { first, last, split } = best;
  const segment = found(rangeSegment(column, cuts, first, last), split, cuts.tries * ranges);
  return segment ? [segment] : [];
};

interface Cumulated {
  readonly rows: readonly number[];
  readonly failing: readonly number[];
}

/** Counts of the first buckets together, from none to all, each with what is in no bucket. */
const cumulated = (counts: readonly SegmentCount[], buckets: number, test: number): Cumulated => {
  const [rows, failing] = [new Array<number>(buckets + 1).fill(0), new Array<number>(buckets + 1).fill(0)];
  for (const { values, rows: inBucket, failing: failingHere } of counts) {
    if (values[0] === null || values[0] === undefined) continue;
    rows[Number(values[0]) + 1] = inBucket;
    failing[Number(values[0]) + 1] = failingHere[test] ?? 0;
  }
  return { rows: sums(rows), failing: sums(failing) };
};

const sums = (values: readonly number[]): readonly number[] => {
  let sum = 0;
  return values.map((value) => (sum += value));
};

interface Range {
  readonly first: number;
  readonly last: number;
  readonly split: Split;
}

const bestRange = ({ rows, failing }: Cumulated, whole: Whole): Range | undefined => {
  let best: Range | undefined;
  let most = 0;
  for (let first = 0; first < rows.length - 1; first += 1) {
    for (let last = first; last < rows.length - 1; last += 1) {
      const inside = (sum: readonly number[]) => (sum[last + 1] ?? 0) - (sum[first] ?? 0);
      const split = splitOf(whole, inside(rows), inside(failing));
      if (!isWorthTelling(split) || gain(split) <= most) continue;
      most = gain(split);
      best = { first, last, split };
    }
  }
  return best;
};

export const splitOf = ({ rows, failing }: Whole, segmentRows: number, segmentFailing: number): Split => ({
  ...{ rows, failing, segmentRows, segmentFailing },
});
