import { chooseSegments } from './choose-segments.js';
import { readSegmentCounts, type SegmentCount, type SegmentCounts, type SegmentStatement } from './count-segments.js';
import type { Dimension } from './dimensions.js';
import { ask, type EvidenceTable } from './evidence-table.js';
import type { FailingCase } from './failing-case.js';
import { countOverlaps } from './overlaps.js';
import type { FoundSegment } from './segment.js';
import { type Counted, singleSegments, type Whole } from './single-segments.js';

const mostRows = 5_000;

/** Rows of a table by every dimension, with those that fail each rule: one statement. */
export interface CountedTable {
  readonly dimensions: readonly Dimension[];
  readonly counts: SegmentCounts;
}

export const countTable = async (table: EvidenceTable, dimensions: readonly Dimension[]): Promise<CountedTable> => {
  const statement: SegmentStatement = {
    kind: 'segment_counts',
    from: table.from,
    tests: table.asked,
    dimensions: dimensions.map(({ spec }) => spec),
    sets: dimensions.map((_, index) => [index]),
    keepEmpty: dimensions.flatMap(({ cuts }, index) => (cuts ? [index] : [])),
    limit: mostRows,
  };
  return { dimensions, counts: readSegmentCounts(statement, await ask(table, statement, mostRows)) };
};

export const wholeOf = ({ rows, failing }: SegmentCount, test: number): Whole => ({
  rows,
  failing: failing[test] ?? 0,
});

/** Segments of each rule, in the order of the cases. Asks one statement more where several segments have to be compared. */
export const findSegments = async (
  table: EvidenceTable,
  counted: CountedTable,
): Promise<readonly (readonly FoundSegment[])[]> => {
  const singles = table.cases.map((failing, test) => candidates(failing, counted, test));
  const overlaps = await countOverlaps(table, singles);
  return singles.map((found, test) =>
    chooseSegments(found, (left, right) => overlaps(left, right, test), counted.dimensions.length),
  );
};

const candidates = (
  { ownColumns }: FailingCase,
  { dimensions, counts }: CountedTable,
  test: number,
): readonly FoundSegment[] => {
  const counted: Counted[] = dimensions.flatMap((dimension, index) =>
    ownColumns.has(dimension.column.name) ? [] : [{ dimension, counts: counts.bySet.get(String(index)) ?? [] }],
  );
  const whole = wholeOf(counts.total, test);
  return whole.failing === whole.rows ? [] : singleSegments(counted, whole, test);
};
