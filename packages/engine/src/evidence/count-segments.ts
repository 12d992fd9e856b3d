import type { Cell, Row, Statement } from '@aegis/spec';

/** Rows of one segment, and how many of them fail each test. */
export interface SegmentCount {
  /** In the order of the set's dimensions. */
  readonly values: readonly Cell[];
  readonly rows: number;
  readonly failing: readonly number[];
}

export interface SegmentCounts {
  readonly total: SegmentCount;
  /** By the positions of the set's dimensions, e.g. `0` or `0,2`. */
  readonly bySet: ReadonlyMap<string, readonly SegmentCount[]>;
}

export type SegmentStatement = Extract<Statement, { kind: 'segment_counts' }>;

/** What the answer to a `segment_counts` statement says. */
export const readSegmentCounts = ({ dimensions, tests }: SegmentStatement, rows: readonly Row[]): SegmentCounts => {
  const bySet = new Map<string, SegmentCount[]>();
  for (const row of rows) {
    const set = dimensions.flatMap((_, index) => (Number(row[`g${index}`]) === 0 ? [index] : []));
    const key = set.join(',');
    bySet.set(key, [...(bySet.get(key) ?? []), countOf(row, set, tests.length)]);
  }
  const total = bySet.get('')?.[0] ?? countOf({}, [], tests.length);
  return { total, bySet };
};

const countOf = (row: Row, set: readonly number[], tests: number): SegmentCount => ({
  values: set.map((index) => row[`d${index}`] ?? null),
  rows: Number(row.n ?? 0),
  failing: Array.from({ length: tests }, (_, index) => Number(row[`n${index}`] ?? 0)),
});
