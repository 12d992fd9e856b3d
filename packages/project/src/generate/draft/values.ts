import { mostValues } from '../profile/sampled-values.js';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import { counted } from './amounts.js';
import type { Draft, DraftContext } from './draft.js';
import { isKey } from './keys.js';

/** Fewer rows for a value say nothing about the values that are still to come. */
const leastRowsPerValue = 3;
const longestValue = 60;
/** Below this share a value may be a slip. */
const rareShare = 0.001;

/** Few texts that come again and again are all that there may be. */
export const valueDrafts = (
  { columns }: TableProfile,
  { isPersonal }: Pick<DraftContext, 'isPersonal'>,
): readonly Draft[] =>
  columns
    .filter((column) => isListed(column) && !column.values.some(({ value }) => isPersonal(column.name, value)))
    .map(acceptedValues);

/** Whether a column is drafted as a fixed list of values. */
export const isListed = (column: ColumnProfile): boolean => {
  const { kind, nonNull = 0, values } = column;
  return (
    kind === 'text' &&
    values.length > 0 &&
    values.length <= mostValues &&
    nonNull >= values.length * leastRowsPerValue &&
    values.every(({ value }) => value.trim() !== '' && value.length <= longestValue) &&
    !isKey(column)
  );
};

const acceptedValues = ({ name, values, nonNull = 0 }: ColumnProfile): Draft => ({
  name: `${name}_accepted`,
  type: 'accepted_values',
  logic: { column: name, values: values.map(({ value }) => value).sort() },
  severity: 'medium',
  description: `${holding(name, values.length)}: ${values.length === 1 ? 'no other' : 'no others'} in ${counted(nonNull, 'row')}.`,
  comments: rareComment(values.filter(({ rows }) => rows <= nonNull * rareShare)),
  origin: 'profile',
  value: 80 - values.length / 10,
});

const holding = (name: string, values: number): string =>
  values === 1 ? `${name} holds one value only` : `${name} holds one of ${values} values`;

const rareComment = (rare: ColumnProfile['values']): readonly string[] =>
  rare.length === 0
    ? []
    : [`Rare, so perhaps slips: ${rare.map(({ value, rows }) => `${value} (${counted(rows, 'row')})`).join(', ')}`];
