import { numberText } from '@aegis/rules/conversion';
import { sqlName } from '../../words/sql-names.js';
import { type Context, cannot, type Meaning, means } from '../promise.js';

/** Multiples are counted in decimals: of a float, `0.3` is no multiple of `0.1`. */
export const multipleOf = (
  column: string,
  factor: unknown,
  logicalType: string | undefined,
  { dialect }: Context,
): Meaning => {
  const text = numberText(factor);
  if (text === undefined || Number(text) <= 0) return cannot('multipleOf must be a number above 0');
  const name = sqlName(column, dialect);
  const value = logicalType === 'integer' && !text.includes('.') ? name : `cast(${name} as decimal(38, 9))`;
  return means({ type: 'sql_expression', expression: `mod(${value}, ${text}) = 0` });
};

/** The whole numbers that fit into a type, named as in Rust. */
export const integerFormat = (column: string, format: unknown): Meaning => {
  const [, sign, digits] = /^([iu])(8|16|32|64|128)$/.exec(String(format)) ?? [];
  if (sign === undefined) return cannot(`the format ${String(format)} says how numbers are stored, not which ones`);
  const bits = BigInt(digits ?? 0);
  const [low, high] = sign === 'u' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  return means({ type: 'between', column, min_value: written(low), max_value: written(high) });
};

const written = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
