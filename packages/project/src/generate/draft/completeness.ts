import type { TableProfile } from '../profile/table-profile.js';
import { counted, listed } from './amounts.js';
import type { Draft, DraftContext } from './draft.js';
import { isKey } from './keys.js';

const mostNamed = 6;

/** One rule for all columns without a gap: a row is to be filled as a whole. Keys have a rule of their own. */
export const completenessDrafts = (
  { columns, rows }: TableProfile,
  { isCovered }: Pick<DraftContext, 'isCovered'>,
): readonly Draft[] => {
  const complete = columns
    .filter((column) => rows > 0 && column.nonNull === rows && !isKey(column))
    .map(({ name }) => name)
    .filter((name) => !isCovered('not_null', [name]));
  return complete.length === 0 ? [] : [completeRows(complete, rows)];
};

const completeRows = (complete: readonly string[], rows: number): Draft => ({
  name: complete.length === 1 ? `${complete[0]}_present` : 'complete',
  type: 'not_null',
  logic: complete.length === 1 ? { column: complete[0] ?? '' } : { columns: complete },
  severity: 'high',
  description: `${named(complete)} always ${complete.length === 1 ? 'has' : 'have'} a value: no NULL in ${counted(rows, 'row')}.`,
  comments: [],
  origin: 'profile',
  value: 85,
});

const named = (columns: readonly string[]): string =>
  columns.length > mostNamed ? `${counted(columns.length, 'column')}` : listed(columns);
