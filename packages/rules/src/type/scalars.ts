import Big from 'big.js';
import { z } from 'zod';
import { parseTableName } from '../table-name.js';
import { type DecimalReading, ExactNumber, readDecimal, scalarText } from './exact-number.js';
import { describeValue } from './value-text.js';

/** What a rule in TypeScript may write for one value. Numbers beyond 2^53 are written as text or as `1n`. */
export type ScalarInput = string | number | bigint | boolean | Date;
/** What a rule in TypeScript may write for a number. */
export type NumberInput = string | number | bigint;

/** Limits are inclusive. */
export interface DecimalLimits {
  readonly min?: number;
  readonly max?: number;
}

interface Refusal {
  readonly message: string;
  readonly hint?: string;
}

/** The JSON Schema `format` of a param that names a table. Loading makes its file path absolute. */
export const tableNameFormat = 'aegis-table-name';

const refuse = (message: string, hint?: string): Refusal => ({ message, ...(hint !== undefined && { hint }) });

/** A schema that reads one written value into text, or says why not; `describes` is its JSON Schema. */
const readAs = <Input>(describes: Record<string, unknown>, read: (value: unknown) => string | Refusal) =>
  z
    .unknown()
    .meta(describes)
    .transform((value, context): string => {
      const result = read(value);
      if (typeof result === 'string') return result;
      context.addIssue({ code: 'custom', message: result.message, params: { hint: result.hint } });
      return z.NEVER;
    }) as unknown as z.ZodType<string, Input>;

/** Any single value, as the exact text of it: dates, numbers of any length, booleans. NULL is refused. */
export const scalar = (): z.ZodType<string, ScalarInput> =>
  readAs<ScalarInput>({ type: ['string', 'number', 'boolean'] }, readScalar);

const readScalar = (value: unknown): string | Refusal => {
  if (typeof value === 'string') return value;
  if (value instanceof ExactNumber) return scalarText(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return readFloat(value, String);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? refuse('must be a valid date') : value.toISOString();
  if (value === null) return refuse('must not be NULL', 'NULL is ignored by this rule; use `not_null` to forbid it.');
  return refuse(`must be a single value, not ${describeValue(value)}`);
};

/** A whole number beyond 2^53 has lost digits before anyone could read them. */
const readFloat = (value: number, read: (text: string) => string | Refusal): string | Refusal =>
  Number.isInteger(value) && !Number.isSafeInteger(value)
    ? refuse('must be written as text or as a bigint', 'JavaScript numbers beyond 2^53 lose their last digits.')
    : read(String(value));

/** A number of any length and precision, as a plain decimal string: `1e3` becomes `1000`, `0.10` becomes `0.1`. */
export const decimal = (limits: DecimalLimits = {}): z.ZodType<string, NumberInput> =>
  readAs<NumberInput>({ type: ['number', 'string'], ...jsonLimits(limits) }, (value) =>
    checkLimits(readNumber(value), limits),
  );

/** A whole number of any length, as a decimal string: `1e3` becomes `1000`. */
export const integer = (limits: DecimalLimits = {}): z.ZodType<string, NumberInput> =>
  readAs<NumberInput>({ type: ['integer', 'string'], ...jsonLimits(limits) }, (value) =>
    checkLimits(whole(readNumber(value)), limits),
  );

/** A share from 0 to 100, as a decimal string. */
export const percent = (): z.ZodType<string, NumberInput> => decimal({ min: 0, max: 100 });

const jsonLimits = ({ min, max }: DecimalLimits) => ({
  ...(min !== undefined && { minimum: min }),
  ...(max !== undefined && { maximum: max }),
});

const readNumber = (value: unknown): string | Refusal => {
  if (value instanceof ExactNumber) return decimalOf(value.text);
  if (typeof value === 'string') return decimalOf(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return readFloat(value, decimalOf);
  return refuse(`must be a number, not ${describeValue(value)}`);
};

const decimalOf = (text: string): string | Refusal => {
  const reading = readDecimal(text);
  return reading.kind === 'decimal' ? reading.text : refusals[reading.kind](text);
};

const refusals: Record<Exclude<DecimalReading['kind'], 'decimal'>, (text: string) => Refusal> = {
  'not-finite': () => refuse('must be a finite number', 'Leave a bound out to leave that side open.'),
  'too-long': () => refuse('must have at most 1,000 digits'),
  'not-a-number': (text) =>
    refuse(
      `must be a number, not ${describeValue(text)}`,
      text.trim().endsWith('%') ? 'Write the percentage without the `%` sign.' : undefined,
    ),
};

const whole = (text: string | Refusal): string | Refusal =>
  typeof text === 'string' && text.includes('.') ? refuse('must be a whole number') : text;

const checkLimits = (text: string | Refusal, { min, max }: DecimalLimits): string | Refusal => {
  if (typeof text !== 'string') return text;
  const value = new Big(text);
  const tooSmall = min !== undefined && value.lt(min);
  const tooLarge = max !== undefined && value.gt(max);
  return tooSmall || tooLarge ? refuse(limitMessage({ min, max })) : text;
};

const limitMessage = ({ min, max }: { min: number | undefined; max: number | undefined }): string => {
  if (min === undefined) return `must be at most ${max}`;
  return max === undefined ? `must be at least ${min}` : `must be between ${min} and ${max}`;
};

/** The name of one column, as the warehouse spells it; no quotes needed. */
export const columnName = (): z.ZodString =>
  z
    .string()
    .min(1, 'must not be empty')
    .refine((name) => !name.includes('\0'), 'must not contain the NUL character');

/** Names of one or more different columns. */
export const columnNames = ({ min = 1 }: { readonly min?: number } = {}) =>
  z
    .array(columnName())
    .min(min, min === 1 ? 'must name at least one column' : `must name at least ${min} columns`)
    .refine((names) => new Set(names).size === names.length, 'must name every column once')
    .meta({ uniqueItems: true });

/** Another table, written as in `scope.table`: dotted parts, or a data file relative to the rules file. */
export const tableReference = (): z.ZodType<string, string> =>
  z
    .string()
    .superRefine((text, context) => {
      const parsed = parseTableName(text);
      if (parsed.kind === 'invalid') context.addIssue({ code: 'custom', message: parsed.message });
    })
    .meta({ format: tableNameFormat });
