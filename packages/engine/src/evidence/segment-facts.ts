import type { RowTest, ScopedRelation, Statement } from '@aegis/spec';
import { and, countAll, countIf } from '@aegis/sql';
import { countText, type Fact, listText, percentOf, percentText } from './fact.js';
import type { FoundSegment, Segment } from './segment.js';
import { riskRatio, type Split } from './tail-probability.js';

/** What the sentence, the numbers and the SQL of a segment say. `write` renders statements. */
export const segmentFact = (
  segment: FoundSegment,
  { from, test }: { readonly from: ScopedRelation; readonly test: RowTest },
  write: (statement: Statement) => string,
): Fact => ({
  kind: segment.columns.length > 1 ? 'segment_pair' : 'segment',
  sentence: segmentSentence(segment),
  numbers: {
    ...(segment.columns.length === 1 && { column: segment.columns[0] ?? null }),
    values: segment.values,
    ...splitNumbers(segment.split),
    chance: Number(segment.chance.toPrecision(3)),
    ...(segment.sameRows && segment.sameRows.length > 0 && { same_rows: segment.sameRows.map(({ values }) => values) }),
  },
  sql: write(countsStatement(from, test, segment)),
});

export const splitNumbers = (split: Split) => {
  const { rows, failing, segmentRows, segmentFailing } = split;
  const ratio = riskRatio(split);
  return {
    ...{ all_rows: rows, failing_rows: failing, segment_rows: segmentRows, segment_failing_rows: segmentFailing },
    support_percent: percentOf(segmentFailing, failing),
    share_percent: percentOf(segmentRows, rows),
    risk_ratio: Number.isFinite(ratio) ? Number(ratio.toPrecision(4)) : null,
  };
};

const segmentSentence = ({ split, text, sameRows = [] }: FoundSegment): string => {
  const same =
    sameRows.length === 0 ? '' : ` Nearly the same rows have ${listText(sameRows.map(({ text: same }) => same))}.`;
  return `${failingText(split)} ${split.failing === 1 ? 'has' : 'have'} ${text} (${percentText(split.segmentRows, split.rows)} of all rows): ${rateText(split)}.${same}`;
};

const failingText = ({ failing, segmentFailing }: Split): string =>
  segmentFailing === failing
    ? `All ${countText(failing)} failing rows`
    : `${percentText(segmentFailing, failing)} of the ${countText(failing)} failing rows`;

const rateText = (split: Split): string => {
  const { segmentRows, segmentFailing } = split;
  if (segmentFailing === segmentRows) return `every row of it fails${elsewhere(split)}`;
  const ratio = riskRatio(split);
  if (!Number.isFinite(ratio)) return `${percentText(segmentFailing, segmentRows)} of them fail, and none elsewhere`;
  return `${ratio >= 10 ? countText(Math.round(ratio)) : Number(ratio.toPrecision(2))} times the rate elsewhere`;
};

const elsewhere = ({ rows, failing, segmentRows, segmentFailing }: Split): string =>
  failing === segmentFailing
    ? ', and none elsewhere'
    : `, ${percentText(failing - segmentFailing, rows - segmentRows)} elsewhere`;

/** All rows, failing ones, and both inside of a segment. */
export const countsStatement = (
  from: ScopedRelation,
  test: RowTest,
  { condition }: Pick<Segment, 'condition'>,
): Statement => {
  if (test.kind !== 'condition') {
    const dimensions = [{ by: 'condition', condition }] as const;
    return { kind: 'segment_counts', from, tests: [test], dimensions, sets: [[0]], keepEmpty: [0], limit: 3 };
  }
  const measures = [
    { alias: 'all_rows', expression: countAll() },
    { alias: 'failing_rows', expression: countIf(test.condition) },
    { alias: 'segment_rows', expression: countIf(condition) },
    { alias: 'segment_failing_rows', expression: countIf(and(condition, test.condition)) },
  ];
  return { kind: 'aggregate', from, measures };
};
