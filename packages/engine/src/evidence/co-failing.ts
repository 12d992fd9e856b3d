import type { Statement } from '@aegis/spec';
import { and, countIf } from '@aegis/sql';
import type { SegmentCount } from './count-segments.js';
import type { EvidenceTable } from './evidence-table.js';
import { countText, type Fact, failingText } from './fact.js';
import type { FailingOverlaps } from './failing-overlaps.js';
import { tailProbability } from './tail-probability.js';

const leastShare = 0.5;

/** Other failing rules of the table that fail the same rows, far more often than chance would have it. */
export const coFailingFacts = (
  table: EvidenceTable,
  test: number,
  total: SegmentCount,
  { both }: FailingOverlaps,
  write: (statement: Statement) => string,
): readonly Fact[] =>
  table.cases
    .map((_, other) => ({ other, shared: both(test, other) }))
    .filter(({ other, shared }) => other !== test && isShared(total, test, other, shared))
    .toSorted((left, right) => right.shared - left.shared)
    .slice(0, 2)
    .map(({ other, shared }) => factOf(table, test, other, total, shared, write));

const isShared = (total: SegmentCount, test: number, other: number, shared: number): boolean => {
  const [mine, theirs] = [total.failing[test] ?? 0, total.failing[other] ?? 0];
  if (shared < 3 || shared < leastShare * Math.min(mine, theirs) || mine === total.rows) return false;
  const split = { rows: total.rows, failing: mine, segmentRows: theirs, segmentFailing: shared };
  return theirs < total.rows && tailProbability(split) * 100 <= 0.01;
};

const factOf = (
  table: EvidenceTable,
  test: number,
  other: number,
  total: SegmentCount,
  shared: number,
  write: (statement: Statement) => string,
): Fact => {
  const [mine, theirs] = [total.failing[test] ?? 0, total.failing[other] ?? 0];
  const rule = table.cases[other]?.prepared.rule.id ?? '';
  const others = shared === theirs ? 'and no other row does' : `which ${countText(theirs)} rows fail`;
  return {
    kind: 'co_failing',
    sentence: `${failingText(shared, mine)} fail ${rule} too, ${others}.`,
    numbers: { rule, failing_rows: mine, other_failing_rows: theirs, both_failing_rows: shared },
    sql: write(overlapStatement(table, test, other)),
  };
};

const overlapStatement = ({ from, cases }: EvidenceTable, test: number, other: number): Statement => {
  const tests = [cases[test]?.test, cases[other]?.test].flatMap((each) => each ?? []);
  const [left, right] = tests;
  if (left?.kind === 'condition' && right?.kind === 'condition') {
    const measures = [
      { alias: 'failing_rows', expression: countIf(left.condition) },
      { alias: 'other_failing_rows', expression: countIf(right.condition) },
      { alias: 'both_failing_rows', expression: countIf(and(left.condition, right.condition)) },
    ];
    return { kind: 'aggregate', from, measures };
  }
  return { kind: 'failing_overlaps', from, tests };
};
