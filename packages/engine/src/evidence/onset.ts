import type { RowTest, ScopedRelation, Statement } from '@aegis/spec';
import { counted, countText, type Fact, percentText } from './fact.js';
import type { FoundSegment } from './segment.js';
import { countsStatement, splitNumbers } from './segment-facts.js';

/** A range of time without an end is the beginning of something. */
export const isOnset = ({ columns, values, obscurity }: FoundSegment): boolean => {
  const [bounds] = Object.values(values);
  return columns.length === 1 && obscurity === 1 && Array.isArray(bounds) && bounds[0] !== null && bounds[1] === null;
};

/** When failures began, where hardly any came before. */
export const onsetFact = (
  segment: FoundSegment,
  { from, test }: { readonly from: ScopedRelation; readonly test: RowTest },
  write: (statement: Statement) => string,
): Fact => {
  const { rows, failing, segmentRows, segmentFailing } = segment.split;
  const [column = ''] = segment.columns;
  const since = String((segment.values[column] as readonly unknown[])[0]);
  const before = failing - segmentFailing;
  const verb = before === 0 ? 'begin' : 'rise';
  return {
    kind: 'began',
    sentence: `Failures ${verb} at ${column} ${since}: ${before === 0 ? 'none' : countText(before)} of ${counted(rows - segmentRows, 'row')} before fail, and ${countText(segmentFailing)} of ${countText(segmentRows)} since (${percentText(segmentFailing, segmentRows)}).`,
    numbers: {
      column,
      values: segment.values,
      ...splitNumbers(segment.split),
      chance: Number(segment.chance.toPrecision(3)),
    },
    sql: write(countsStatement(from, test, segment)),
  };
};
