import type { ColumnKind, Row } from '@aegis/spec';
import { isKeyName } from '../draft/column-names.js';
import { countValues, mostValues } from './sampled-values.js';
import type { ColumnProfile } from './table-profile.js';

/** Each look is a statement: so many are worth it. */
const mostLooks = { keys: 10, values: 20 };

const keyKinds: ReadonlySet<ColumnKind> = new Set(['integer', 'text', 'uuid']);

/**
 * The columns whose values are worth counting, told by the first rows: one with a value twice in them is no key, and one
 * with many different values has no fixed list.
 */
export const closerLooks = (
  columns: readonly ColumnProfile[],
  rows: number,
  sample: readonly Row[],
): readonly ColumnProfile[] => {
  const countable = columns.filter(({ name, nonNull = 0 }) => nonNull > 1 && name !== 'occurrences');
  const keys = countable.filter((column) => mayBeKey(column, rows, sample)).sort(byKeyName);
  const listed = countable.filter(({ kind, examples }) => kind === 'text' && examples.length <= mostValues);
  return [...new Set([...keys.slice(0, mostLooks.keys), ...listed.slice(0, mostLooks.values)])];
};

const mayBeKey = ({ name, kind, nonNull }: ColumnProfile, rows: number, sample: readonly Row[]): boolean =>
  keyKinds.has(kind) &&
  (isKeyName(name) || kind === 'uuid' || nonNull === rows) &&
  countValues(sample, name).every((value) => value.rows === 1);

const byKeyName = (left: ColumnProfile, right: ColumnProfile): number =>
  Number(isKeyName(right.name)) - Number(isKeyName(left.name));
