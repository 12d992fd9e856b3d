import type { Cell, Column, Timezone } from '../world.js';
import { instantAt, parseMoment, parseTime, wallAt } from './calendar.js';
import { compare as compareRational, ofDouble, parseDecimal, type Rational, reduced } from './rational.js';

/** One value of a table. Dates, times and timestamps are microseconds. */
export type Value =
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'moment'; readonly value: bigint };

/** What a column of this type holds for the text of a cell. */
export const cellValue = (cell: Cell, column: Column): Value | null => {
  if (cell === null) return null;
  const value = parseValue(cell, column, 'UTC');
  if (value === undefined) throw new Error(`${cell} is no ${column.sqlType}`);
  return value;
};

/**
 * A value in the column's type, as a rule or a cell writes it: dates start their day, and times without a zone are in
 * `zone`. `undefined` for what the type cannot be compared with.
 */
export const parseValue = (text: string, column: Column, zone: Timezone): Value | undefined => {
  switch (column.kind) {
    case 'integer':
    case 'decimal':
      return wrapped('number', parseDecimal(text));
    case 'float':
      return wrapped('float', parseFloatValue(text, column));
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return wrapped('moment', momentIn(text, column, zone));
    case 'time':
      return wrapped('moment', parseTime(text));
    case 'boolean':
      return /^(true|false)$/i.test(text) ? { kind: 'boolean', value: text.toLowerCase() === 'true' } : undefined;
    case 'uuid':
      return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
        ? { kind: 'text', value: text.toLowerCase() }
        : undefined;
    case 'bytes':
      return {
        kind: 'text',
        value: text.replaceAll(/\\x([\dA-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
      };
    default:
      return { kind: 'text', value: text };
  }
};

const wrapped = <Kind extends Value['kind'], Inner>(kind: Kind, value: Inner | undefined) =>
  value === undefined ? undefined : { kind, value };

const floatNames: { readonly [name: string]: number } = {
  nan: Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

const parseFloatValue = (text: string, { sqlType }: Column): number | undefined => {
  const named = floatNames[text.trim().toLowerCase()];
  const value = named ?? (parseDecimal(text) === undefined ? undefined : Number(text));
  return value === undefined || sqlType !== 'FLOAT' ? value : Math.fround(value);
};

/** On the column's own clock: the instant where it has zones, else what a wall clock shows. */
const momentIn = (text: string, { kind }: Column, zone: Timezone): bigint | undefined => {
  const moment = parseMoment(text);
  if (moment === undefined) return undefined;
  if (kind === 'timestamptz') return moment.zoned ? moment.micros : instantAt(moment.micros, zone);
  return moment.zoned ? wallAt(moment.micros, zone) : moment.micros;
};

export const isNan = (value: Value): boolean => value.kind === 'float' && Number.isNaN(value.value);
export const isFiniteValue = (value: Value): boolean => value.kind !== 'float' || Number.isFinite(value.value);

/** Exact value of a finite number. */
export const exactOf = (value: Value): Rational => {
  if (value.kind === 'number') return value.value;
  if (value.kind === 'float') return ofDouble(value.value);
  throw new Error(`${value.kind} is no number`);
};

/** Below 0, 0 or above 0, for values of one kind that are not NaN. Text by code point. */
export const compareValues = (left: Value, right: Value): number => {
  if (left.kind === 'number' && right.kind === 'number') return compareRational(left.value, right.value);
  if (left.kind === 'text' && right.kind === 'text') return compareCodePoints(left.value, right.value);
  return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
};

const compareCodePoints = (left: string, right: string): number => {
  const [a, b] = [[...left], [...right]];
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at === -1) return a.length - b.length;
  return (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1);
};

/** One text for values that are one key: NaN is NaN, −0 is 0, and 1 is 1.0. */
export const keyOf = (value: Value): string => {
  if (value.kind === 'float' && !Number.isFinite(value.value)) return `float ${value.value}`;
  if (value.kind !== 'number' && value.kind !== 'float') return `${value.kind} ${value.value}`;
  const { n, d } = reduced(exactOf(value));
  return `number ${n}/${d}`;
};
