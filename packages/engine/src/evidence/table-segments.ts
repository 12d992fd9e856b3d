import type { Row, Statement } from '@aegis/spec';
import { chooseSegments, type Overlap, pairsOf } from './choose-segments.js';
import { readSegmentCounts, type SegmentCounts } from './count-segments.js';
import type { Dimension } from './dimensions.js';
import { ask, type EvidenceTable } from './evidence-table.js';
import type { FailingCase } from './failing-case.js';
import type { FoundSegment } from './segment.js';
import { type Counted, singleSegments } from './single-segments.js';

const mostRows = 5_000;

/** Rows of a table by every dimension, with those that fail each rule: one statement. */
export interface CountedTable {
  readonly dimensions: readonly Dimension[];
  readonly counts: SegmentCounts;
}

export const countTable = async (table: EvidenceTable, dimensions: readonly Dimension[]): Promise<CountedTable> => {
  const statement: Extract<Statement, { kind: 'segment_counts' }> = {
    kind: 'segment_counts',
    from: table.from,
    tests: table.cases.map(({ test }) => test),
    dimensions: dimensions.map(({ spec }) => spec),
    sets: dimensions.map((_, index) => [index]),
    keepEmpty: dimensions.flatMap(({ cuts }, index) => (cuts ? [index] : [])),
    limit: mostRows,
  };
  return { dimensions, counts: readSegmentCounts(statement, await ask(table, statement, mostRows)) };
};

/** Segments of each rule, in the order of the cases. Asks one statement more where several segments have to be compared. */
export const findSegments = async (
  table: EvidenceTable,
  counted: CountedTable,
): Promise<readonly (readonly FoundSegment[])[]> => {
  const singles = table.cases.map((failing, test) => candidates(failing, counted, test));
  const overlaps = await overlapsOf(table, singles);
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
  const whole = { rows: counts.total.rows, failing: counts.total.failing[test] ?? 0 };
  return whole.failing === whole.rows ? [] : singleSegments(counted, whole, test);
};

type Overlaps = (left: FoundSegment, right: FoundSegment, test: number) => Overlap;

const overlapsOf = async (table: EvidenceTable, singles: readonly (readonly FoundSegment[])[]): Promise<Overlaps> => {
  const segments = [...new Map(singles.flat().map((segment) => [segment.text, segment])).values()];
  const position = new Map(segments.map(({ text }, index) => [text, index]));
  const keyOf = (left: FoundSegment, right: FoundSegment): string =>
    [position.get(left.text) ?? 0, position.get(right.text) ?? 0].sort((a, b) => a - b).join(',');
  const keys = [...new Set(singles.flatMap((found) => pairsOf(found).map(([left, right]) => keyOf(left, right))))];
  if (keys.length === 0) return () => ({ rows: 0, failing: 0 });
  const statement: Extract<Statement, { kind: 'segment_counts' }> = {
    kind: 'segment_counts',
    from: table.from,
    tests: table.cases.map(({ test }) => test),
    dimensions: segments.map(({ condition }) => ({ by: 'condition', condition })),
    sets: keys.map((key) => key.split(',').map(Number)),
    limit: mostRows,
  };
  const rows: readonly Row[] = await ask(table, statement, mostRows);
  const { bySet } = readSegmentCounts(statement, rows);
  return (left, right, test) => {
    const both = bySet.get(keyOf(left, right))?.find(({ values }) => values.every((value) => Number(value) === 1));
    return { rows: both?.rows ?? 0, failing: both?.failing[test] ?? 0 };
  };
};
