import { type Overlap, pairsOf } from './choose-segments.js';
import { readSegmentCounts, type SegmentCount, type SegmentStatement } from './count-segments.js';
import { ask, type EvidenceTable } from './evidence-table.js';
import type { FoundSegment } from './segment.js';

/** Rows that two segments share, and how many of them fail the rule at a position. */
export type Overlaps = (left: FoundSegment, right: FoundSegment, test: number) => Overlap;

const mostRows = 5_000;
/** Of so many segments, all ways to belong to them are counted in one grouping; of more, each pair by itself. */
const mostJoint = 10;

/** One statement for the segments of all rules; none where no rule has two of them. */
export const countOverlaps = async (
  table: EvidenceTable,
  singles: readonly (readonly FoundSegment[])[],
): Promise<Overlaps> => {
  const compared = singles.filter((found) => found.length > 1);
  const segments = [...new Map(compared.flat().map((segment) => [segment.text, segment])).values()];
  if (segments.length === 0) return () => ({ rows: 0, failing: 0 });
  const position = new Map(segments.map(({ text }, index) => [text, index]));
  const pairOf = (left: FoundSegment, right: FoundSegment): readonly number[] =>
    [position.get(left.text) ?? 0, position.get(right.text) ?? 0].sort((one, other) => one - other);
  const all = segments.map((_, index) => index);
  const pairs = compared.flatMap((found) => pairsOf(found).map(([left, right]) => pairOf(left, right)));
  const sets =
    segments.length <= mostJoint ? [all] : [...new Map(pairs.map((pair) => [pair.join(','), pair])).values()];
  const statement: SegmentStatement = {
    ...{ kind: 'segment_counts', from: table.from, tests: table.asked, sets, limit: mostRows },
    dimensions: segments.map(({ condition }) => ({ by: 'condition', condition })),
    keepEmpty: all,
  };
  const { bySet } = readSegmentCounts(statement, await ask(table, statement, mostRows));
  return (left, right, test) => {
    const pair = pairOf(left, right);
    const set = segments.length <= mostJoint ? all : pair;
    return totalOf(
      bySet.get(set.join(',')) ?? [],
      pair.map((index) => set.indexOf(index)),
      test,
    );
  };
};

/** Over the rows that belong to the segments at these places of the set. */
const totalOf = (counts: readonly SegmentCount[], places: readonly number[], test: number): Overlap => {
  const inside = counts.filter(({ values }) => places.every((place) => Number(values[place]) === 1));
  return {
    rows: inside.reduce((sum, { rows }) => sum + rows, 0),
    failing: inside.reduce((sum, { failing }) => sum + (failing[test] ?? 0), 0),
  };
};
