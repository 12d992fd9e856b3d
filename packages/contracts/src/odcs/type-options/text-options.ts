import { ownValue } from '../../source/values.js';
import { sqlName } from '../../words/sql-names.js';
import { type Context, cannot, type Meaning, means } from '../promise.js';

/** Engines of the RE2 family repeat no oftener. */
const mostRepetitions = 1000;

/** Texts of so many characters: as a pattern, which every engine counts alike, else as an expression. */
export const lengthOf = (column: string, min: unknown, max: unknown, { dialect }: Context): Meaning => {
  if (!isLength(min) || !isLength(max)) return cannot('minLength and maxLength must be whole numbers from 0');
  if (Math.max(min ?? 0, max ?? 0) <= mostRepetitions) return means(lengthPattern(column, min, max));
  const name = sqlName(column, dialect);
  const bounds = [
    ...(min === undefined ? [] : [`length(${name}) >= ${min}`]),
    ...(max === undefined ? [] : [`length(${name}) <= ${max}`]),
  ];
  return means({ type: 'sql_expression', expression: bounds.join(' and ') });
};

const isLength = (value: unknown): value is number | undefined =>
  value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0);

const lengthPattern = (column: string, min = 0, max: number | undefined = undefined) => ({
  type: 'regex_match',
  column,
  pattern: `^[\\s\\S]{${min},${max ?? ''}}$`,
});

export const patternOf = (column: string, pattern: unknown): Meaning =>
  typeof pattern === 'string'
    ? means({ type: 'regex_match', column, pattern })
    : cannot('pattern must be a regular expression');

/** Formats that are patterns; any other word is context for people. */
const patterns: { readonly [format: string]: string } = {
  uuid: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  email: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
  ipv4: '^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$',
};

export const textFormat = (column: string, format: unknown): Meaning => {
  const pattern = typeof format === 'string' ? ownValue(patterns, format.toLowerCase()) : undefined;
  return pattern === undefined
    ? cannot(`no pattern is known for the format ${String(format)}`)
    : means({ type: 'regex_match', column, pattern });
};
