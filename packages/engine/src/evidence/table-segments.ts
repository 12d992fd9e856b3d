import type { RowTest } from '@aegis/spec';
import { chooseSegments, type Overlap, pairsOf } from './choose-segments.js';
import { readSegmentCounts, type SegmentCount, type SegmentCounts, type SegmentStatement } from './count-segments.js';
import type { Dimension } from './dimensions.js';
import { ask, type EvidenceTable } from './evidence-table.js';
import type { FailingCase } from './failing-case.js';
import type { Probe } from './probe.js';
import type { FoundSegment } from './segment.js';
import { type Counted, singleSegments, splitOf, type Whole } from './single-segments.js';
import type { Split } from './tail-probability.js';

const mostRows = 5_000;

/** What is counted beside segments. */
export interface Beside {
  readonly probes: readonly Probe[];
  /** Tests that are no rule's. */
  readonly tests: readonly RowTest[];
}

/** Rows of a table by every dimension and guess, with those that fail each rule: one statement. */
export interface CountedTable {
  readonly dimensions: readonly Dimension[];
  readonly counts: SegmentCounts;
  readonly probes: readonly { readonly probe: Probe; readonly split: Split }[];
}

export const countTable = async (
  table: EvidenceTable,
  dimensions: readonly Dimension[],
  { probes, tests }: Beside,
): Promise<CountedTable> => {
  const guesses = probes.map(({ condition }) => ({ by: 'condition', condition }) as const);
  const statement: SegmentStatement = {
    kind: 'segment_counts',
    from: table.from,
    tests: [...table.cases.map(({ test }) => test), ...tests],
    dimensions: [...dimensions.map(({ spec }) => spec), ...guesses],
    sets: [...dimensions, ...guesses].map((_, index) => [index]),
    keepEmpty: dimensions.flatMap(({ cuts }, index) => (cuts ? [index] : [])),
    limit: mostRows,
  };
  const counts = readSegmentCounts(statement, await ask(table, statement, mostRows));
  const counted = probes.map((probe, index) => ({
    probe,
    split: probeSplit(probe, dimensions.length + index, counts),
  }));
  return { dimensions, counts, probes: counted };
};

const probeSplit = ({ test }: Probe, index: number, { total, bySet }: SegmentCounts): Split => {
  const right = bySet.get(String(index))?.find(({ values }) => Number(values[0]) === 1);
  return splitOf(wholeOf(total, test), right?.rows ?? 0, right?.failing[test] ?? 0);
};

const wholeOf = ({ rows, failing }: SegmentCount, test: number): Whole => ({ rows, failing: failing[test] ?? 0 });

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
  const whole = wholeOf(counts.total, test);
  return whole.failing === whole.rows ? [] : singleSegments(counted, whole, test);
};

type Overlaps = (left: FoundSegment, right: FoundSegment, test: number) => Overlap;

const overlapsOf = async (table: EvidenceTable, singles: readonly (readonly FoundSegment[])[]): Promise<Overlaps> => {
  const compared = singles.filter((found) => found.length > 1).flat();
  const segments = [...new Map(compared.map((segment) => [segment.text, segment])).values()];
  const position = new Map(segments.map(({ text }, index) => [text, index]));
  const keyOf = (left: FoundSegment, right: FoundSegment): string =>
    [position.get(left.text) ?? 0, position.get(right.text) ?? 0].sort((a, b) => a - b).join(',');
  const keys = [...new Set(singles.flatMap((found) => pairsOf(found).map(([left, right]) => keyOf(left, right))))];
  if (keys.length === 0) return () => ({ rows: 0, failing: 0 });
  const statement: SegmentStatement = {
    kind: 'segment_counts',
    from: table.from,
    tests: table.cases.map(({ test }) => test),
    dimensions: segments.map(({ condition }) => ({ by: 'condition', condition })),
    sets: keys.map((key) => key.split(',').map(Number)),
    limit: mostRows,
  };
  const { bySet } = readSegmentCounts(statement, await ask(table, statement, mostRows));
  return (left, right, test) => {
    const both = bySet.get(keyOf(left, right))?.find(({ values }) => values.every((value) => Number(value) === 1));
    return { rows: both?.rows ?? 0, failing: both?.failing[test] ?? 0 };
  };
};
