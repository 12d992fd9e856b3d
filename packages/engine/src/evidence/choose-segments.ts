import { byGain, type FoundSegment, found, isWorthTelling, jointSegment, level } from './segment.js';
import { riskRatio, type Split, tailProbability } from './tail-probability.js';

/** Rows that two segments have in common, and how many of them fail. */
export interface Overlap {
  readonly rows: number;
  readonly failing: number;
}

export type OverlapOf = (left: FoundSegment, right: FoundSegment) => Overlap;

const mostSegments = 3;

/**
 * Of the segments found, those that say something of their own: a pair in place of its parts where failures need both, and
 * no segment whose failures one told before explains. `columns` is how many were looked at.
 */
export const chooseSegments = (
  singles: readonly FoundSegment[],
  overlapOf: OverlapOf,
  columns: number,
): readonly FoundSegment[] => {
  const pairs = pairsOf(singles).flatMap(([left, right]) => pairOf(left, right, overlapOf(left, right), columns) ?? []);
  const [pair] = pairs.toSorted(byGain);
  const parts = pair ? [pair.left, pair.right] : [];
  const chosen: FoundSegment[] = pair ? [pair] : [];
  const told = [...parts];
  for (const single of singles) {
    if (told.includes(single)) continue;
    const same = told.findIndex((other) => isSame(single, other, overlapOf(single, other)));
    if (same !== -1 && !pair) chosen[same] = withSame(chosen[same], single);
    if (same !== -1 || told.some((other) => isExplainedBy(single, other, overlapOf(single, other)))) continue;
    chosen.push(single);
    told.push(single);
  }
  return chosen.slice(0, mostSegments);
};

/** The clearer of two names for the same rows is told, the other beside it. */
const withSame = (segment: FoundSegment | undefined, same: FoundSegment): FoundSegment => {
  if (!segment) return same;
  const [clear, other] = same.obscurity < segment.obscurity ? [same, segment] : [segment, same];
  const isNews = other.columns.some((column) => !clear.columns.includes(column));
  return { ...clear, sameRows: [...(segment.sameRows ?? []), ...(isNews ? [other] : [])] };
};

export const pairsOf = <Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] =>
  items.flatMap((left, index) => items.slice(index + 1).map((right) => [left, right] as const));

interface Pair extends FoundSegment {
  readonly left: FoundSegment;
  readonly right: FoundSegment;
}

/** Both parts are needed: inside each, the other still raises the rate, and hardly a failure lies outside. */
const pairOf = (left: FoundSegment, right: FoundSegment, both: Overlap, columns: number): Pair | undefined => {
  if (left.columns.some((column) => right.columns.includes(column))) return undefined;
  const { rows, failing, segmentRows, segmentFailing } = left.split;
  if (both.failing < 0.8 * Math.max(segmentFailing, right.split.segmentFailing)) return undefined;
  const tries = ((columns * (columns - 1)) / 2) * (rows / Math.max(1, both.rows));
  const inLeft = { rows: segmentRows, failing: segmentFailing, ...inside(both) };
  const inRight = { rows: right.split.segmentRows, failing: right.split.segmentFailing, ...inside(both) };
  if (![inLeft, inRight].every((split) => isRaised(split, tries))) return undefined;
  const pair = found(jointSegment(left, right), { rows, failing, ...inside(both) }, tries);
  return pair && { ...pair, left, right };
};

const inside = ({ rows, failing }: Overlap): Pick<Split, 'segmentRows' | 'segmentFailing'> => ({
  segmentRows: rows,
  segmentFailing: failing,
});

const isRaised = (split: Split, tries: number): boolean =>
  split.segmentRows < split.rows && riskRatio(split) >= 1.5 && tailProbability(split) * tries <= level;

/** (Nearly) the same rows under another name. */
const isSame = (left: FoundSegment, right: FoundSegment, { rows }: Overlap): boolean =>
  rows >= 0.95 * Math.max(left.split.segmentRows, right.split.segmentRows);

/** Whether nothing is left of a segment outside of another. */
const isExplainedBy = (segment: FoundSegment, other: FoundSegment, both: Overlap): boolean => {
  const { rows, failing, segmentRows, segmentFailing } = segment.split;
  const outside: Split = {
    rows: rows - other.split.segmentRows,
    failing: failing - other.split.segmentFailing,
    segmentRows: segmentRows - both.rows,
    segmentFailing: segmentFailing - both.failing,
  };
  if (outside.segmentFailing < failing * 0.05) return true;
  return !isWorthTelling(outside) || tailProbability(outside) * 100 > level;
};
