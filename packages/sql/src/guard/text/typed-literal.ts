import type { Token } from './scan.js';
import { words } from './words.js';

const literalTypes = words(
  'date time timestamp timestamptz timetz datetime timestamp_ntz timestamp_ltz decimal numeric bignumeric json uuid',
);
const units = words(
  'year years quarter quarters month months week weeks day days hour hours minute minutes second seconds',
  'millisecond milliseconds microsecond microseconds nanosecond nanoseconds decade decades century centuries',
);

/**
 * The index after a constant such as `DATE '2026-01-01'`, `TIMESTAMP WITH TIME ZONE '…'` or `INTERVAL 7 DAY` that
 * starts at `start`, or `undefined`. They are kept as one piece: a parser that takes them apart writes `INTERVAL '7' DAY`
 * or a cast, which are not the same thing to every engine.
 */
export const endOfTypedLiteral = (tokens: readonly Token[], start: number): number | undefined => {
  const first = lower(tokens[start]);
  if (tokens[start]?.kind !== 'word') return undefined;
  if (first === 'interval') return endOfInterval(tokens, start + 1);
  if (!literalTypes.has(first)) return undefined;
  const value = afterTimeZone(tokens, start + 1);
  return tokens[value]?.kind === 'string' ? value + 1 : undefined;
};

const endOfInterval = (tokens: readonly Token[], start: number): number | undefined => {
  let end = endOfAmount(tokens, start);
  for (let next = end; next !== undefined; next = endOfAmount(tokens, next, true)) end = next;
  return end;
};

/** `'7 days'`, `'7' day`, `7 day`, `-7 day` or `'1-2' year to month`. */
const endOfAmount = (tokens: readonly Token[], start: number, withUnit = false): number | undefined => {
  const sign = tokens[start]?.text;
  const amount = sign === '-' || sign === '+' ? start + 1 : start;
  const kind = tokens[amount]?.kind;
  if (withUnit && amount !== start) return undefined;
  const end = endOfUnit(tokens, amount + 1);
  if (kind === 'number' && end !== undefined) return end;
  return kind === 'string' ? (end ?? (withUnit ? undefined : amount + 1)) : undefined;
};

const endOfUnit = (tokens: readonly Token[], start: number): number | undefined => {
  if (!units.has(lower(tokens[start]))) return undefined;
  return lower(tokens[start + 1]) === 'to' && units.has(lower(tokens[start + 2])) ? start + 3 : start + 1;
};

const afterTimeZone = (tokens: readonly Token[], start: number): number => {
  const phrase = [0, 1, 2].map((step) => lower(tokens[start + step])).join(' ');
  return phrase === 'with time zone' || phrase === 'without time zone' ? start + 3 : start;
};

const lower = (token: Token | undefined): string => token?.text.toLowerCase() ?? '';
