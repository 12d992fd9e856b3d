import { numberText } from '@aegis/rules/conversion';
import { sqlLiteral, sqlName } from '../../words/sql-names.js';
import { type Context, cannot, type Meaning, means } from '../promise.js';

interface Bounds {
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly exclusiveMaximum?: unknown;
}

type Bound = string | number;

interface InclusiveBounds {
  readonly min?: Bound | undefined;
  readonly max?: Bound | undefined;
}

/** Values between bounds. Exclusive ones are the next whole number where the property holds whole numbers. */
export const rangeOf = (column: string, bounds: Bounds, logicalType: string | undefined, context: Context): Meaning => {
  if (!Object.values(bounds).every(isBound)) return cannot('its bounds must be numbers or dates');
  const inclusive = asInclusive(bounds as { readonly [bound in keyof Bounds]: Bound }, logicalType);
  return inclusive ? means(inclusiveRange(column, inclusive)) : exclusiveRange(column, bounds, logicalType, context);
};

const isBound = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value !== '');

const inclusiveRange = (column: string, { min, max }: InclusiveBounds) => {
  if (min === undefined) return { type: 'max_value_check', column, max_value: max };
  return max === undefined
    ? { type: 'min_value_check', column, min_value: min }
    : { type: 'between', column, min_value: min, max_value: max };
};

/** `undefined` where a bound is exclusive, and there is no next value. */
const asInclusive = (
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: { readonly [bound in keyof Bounds]?: Bound },
  logicalType: string | undefined,
): InclusiveBounds | undefined => {
  if (exclusiveMinimum === undefined && exclusiveMaximum === undefined) return { min: minimum, max: maximum };
  if (logicalType !== 'integer') return undefined;
  const above = next(exclusiveMinimum, (value) => Math.floor(value) + 1);
  const below = next(exclusiveMaximum, (value) => Math.ceil(value) - 1);
  const [min, max] = [tighter(minimum, above, Math.max), tighter(maximum, below, Math.min)];
  return min === 'unknown' || max === 'unknown' ? undefined : { min, max };
};

const next = (value: Bound | undefined, step: (value: number) => number): Bound | undefined => {
  if (typeof value !== 'number') return value === undefined ? undefined : 'unknown';
  const stepped = step(value);
  return Number.isSafeInteger(stepped) ? stepped : 'unknown';
};

const tighter = (
  one: Bound | undefined,
  other: Bound | undefined,
  choose: (a: number, b: number) => number,
): Bound | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return typeof one === 'number' && typeof other === 'number' ? choose(one, other) : 'unknown';
};

const exclusiveRange = (
  column: string,
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds,
  logicalType: string | undefined,
  { dialect }: Context,
): Meaning => {
  const name = sqlName(column, dialect);
  const compared = [
    [exclusiveMinimum, '>'],
    [minimum, '>='],
    [exclusiveMaximum, '<'],
    [maximum, '<='],
  ] as const;
  const conditions = compared.flatMap(([value, operator]) =>
    value === undefined ? [] : [`${name} ${operator} ${boundSql(value as Bound, logicalType, dialect)}`],
  );
  return means({ type: 'sql_expression', expression: conditions.join(' and ') });
};

/** Dates as typed literals: engines differ in what they make of a text beside a date. */
const boundSql = (value: Bound, logicalType: string | undefined, dialect: Context['dialect']): string => {
  if (numberText(value) !== undefined) return String(value);
  const text = sqlLiteral(value, dialect);
  return logicalType === 'date' || logicalType === 'timestamp' || logicalType === 'time'
    ? `${logicalType} ${text}`
    : text;
};
