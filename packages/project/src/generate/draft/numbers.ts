import { isNumber } from '../profile/profile-types.js';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import { type Bounds, counted, widened } from './amounts.js';
import { isKeyName, snakeCase } from './column-names.js';
import type { Draft, DraftContext } from './draft.js';
import { isKey } from './keys.js';

const leastRows = 10;

/** What a name says about the values, where they keep to it. */
const natural: readonly (readonly [name: RegExp, bounds: Bounds])[] = [
  [/(^|_)(lat|latitude)$/, { min: '-90', max: '90' }],
  [/(^|_)(lon|lng|long|longitude)$/, { min: '-180', max: '180' }],
  [/(^|_)(share|ratio|rate|probability|fraction|discount)$/, { min: '0', max: '1' }],
  [/(^|_)(percent|pct|percentage|share|rate|discount)$/, { min: '0', max: '100' }],
];

/** Numbers stay about where they are. Keys and codes only look like numbers. */
export const numberDrafts = (
  { columns }: TableProfile,
  { isPersonal }: Pick<DraftContext, 'isPersonal'>,
): readonly Draft[] =>
  columns
    .filter((column) => isBounded(column) && !isPersonal(column.name))
    .map((column) => between(column, boundsOf(column)));

const isBounded = (column: ColumnProfile): boolean => {
  const { name, kind, nonNull = 0, nonFinite = 0 } = column;
  const hasRange = isPlain(column.min) && isPlain(column.max) && column.min !== column.max;
  return isNumber(kind) && hasRange && nonNull >= leastRows && nonFinite === 0 && !isKeyName(name) && !isKey(column);
};

/** Digits that a double holds without losing any of importance. */
const isPlain = (text: string | undefined): boolean =>
  text !== undefined && Number.isFinite(Number(text)) && Math.abs(Number(text)) < Number.MAX_SAFE_INTEGER;

const boundsOf = ({ name, kind, min, max }: ColumnProfile): Bounds => {
  const known = natural.find(
    ([pattern, bounds]) =>
      pattern.test(snakeCase(name)) && Number(min) >= Number(bounds.min) && Number(max) <= Number(bounds.max),
  );
  return (
    known?.[1] ??
    scaleOf(Number(min), Number(max)) ??
    widened(Number(min), Number(max), { isWhole: kind === 'integer' })
  );
};

/** Values up to exactly 1 or 100 are shares. */
const scaleOf = (min: number, max: number): Bounds | undefined =>
  min >= 0 && min < max && (max === 1 || max === 100) ? { min: '0', max: String(max) } : undefined;

const between = ({ name, min, max, nonNull = 0 }: ColumnProfile, bounds: Bounds): Draft => ({
  name: `${name}_in_range`,
  type: 'between',
  logic: { column: name, min_value: Number(bounds.min), max_value: Number(bounds.max) },
  severity: 'medium',
  description: `${name} lies between ${bounds.min} and ${bounds.max}: ${min} to ${max} in ${counted(nonNull, 'row')}.`,
  comments: [],
  origin: 'profile',
  value: 50,
});
