import type { SqlWords } from '../words/sql-words.js';
import { formatPattern } from './formats.js';

/** One thing that valid values are: as a rule, as a condition in SQL, or both. */
export interface ValidPart {
  readonly logic: { readonly type: string; readonly [param: string]: unknown } | undefined;
  readonly sql: string | undefined;
}

/** What a check takes for missing and for valid. */
export interface Validity {
  /** Values that count as missing, in SQL; besides NULL. */
  readonly missing: readonly string[];
  readonly parts: readonly ValidPart[];
}

type Config = { readonly [key: string]: unknown };

const keys = {
  'missing values': true,
  'valid values': true,
  'invalid values': true,
  'valid regex': true,
  'valid format': true,
  'valid min': true,
  'valid max': true,
  'valid length': true,
  'valid min length': true,
  'valid max length': true,
} as const;

const withoutRule: { readonly [key: string]: string } = {
  'missing regex': 'values that a pattern finds cannot be left out',
  'missing format': 'values that a format finds cannot be left out',
  'invalid regex': 'no rule says that a pattern must be absent',
  'invalid format': 'no rule says that a pattern must be absent',
  'include null': 'NULL cannot be taken for valid',
};

/** Keys of a check that say what is missing or valid. */
export const validityKeys: readonly string[] = [...Object.keys(keys), ...Object.keys(withoutRule)];

/** Reads the keys about `sql`, a column; the reason where one of them has no words in rules. */
export const readValidity = (config: Config, sql: string, words: SqlWords): Validity | string => {
  const unknown = Object.keys(withoutRule).find((key) => config[key] !== undefined);
  if (unknown !== undefined) return withoutRule[unknown] ?? '';
  if (config['invalid values'] !== undefined && Object.keys(config).some((key) => key.startsWith('valid ')))
    return 'it says both what is valid and what is invalid';
  const written = { sql, words };
  const missing = words.literals(asList(config['missing values']));
  const parts = [
    values(config, written),
    range(config, written),
    lengths(config, written),
    pattern(config),
    invalid(config, written),
  ].flat();
  const isWhole = missing !== undefined && parts.every((part) => typeof part !== 'string');
  if (!isWhole) return parts.find((part) => typeof part === 'string') ?? 'a value that is missing cannot be written';
  return { missing, parts: parts.filter((part) => typeof part !== 'string') };
};

const asList = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The column in SQL, and how values are written beside it. */
interface Written {
  readonly sql: string;
  readonly words: SqlWords;
}

type Parts = readonly (ValidPart | string)[];

const listPart = (list: unknown, type: string, operator: string, { sql, words }: Written): Parts => {
  if (list === undefined) return [];
  const listed = Array.isArray(list) && list.length > 0 ? words.literals(list) : undefined;
  if (listed === undefined) return ['it lists no values that SQL can write'];
  return [{ logic: { type, values: list }, sql: `${sql} ${operator} (${listed.join(', ')})` }];
};

const values = (config: Config, written: Written): Parts =>
  listPart(config['valid values'], 'accepted_values', 'in', written);

const invalid = (config: Config, written: Written): Parts =>
  listPart(config['invalid values'], 'not_accepted_values', 'not in', written);

const range = (config: Config, { sql, words }: Written): Parts => {
  const { 'valid min': min, 'valid max': max } = config;
  if (min === undefined && max === undefined) return [];
  if (config['valid format'] !== undefined) return ['text is compared as a number'];
  const logic = {
    type: 'between',
    ...(min !== undefined && { min_value: min }),
    ...(max !== undefined && { max_value: max }),
  };
  return [{ logic, sql: bounds(sql, min, max, words) }];
};

/** `undefined` where a bound cannot be written. */
const bounds = (sql: string, min: unknown, max: unknown, words: SqlWords): string | undefined => {
  const sides = [
    { operator: '>=', bound: min },
    { operator: '<=', bound: max },
  ].filter(({ bound }) => bound !== undefined);
  const written = words.literals(sides.map(({ bound }) => bound));
  return written && sides.map(({ operator }, index) => `${sql} ${operator} ${written[index]}`).join(' and ');
};

const lengths = (config: Config, { sql, words }: Written): Parts => {
  const { 'valid length': exact, 'valid min length': min, 'valid max length': max } = config;
  const given = [exact, min, max].filter((length) => length !== undefined);
  if (given.length === 0) return [];
  if (given.some((length) => !Number.isSafeInteger(length))) return ['a length is no whole number'];
  const condition = [exact === undefined ? '' : `length(${sql}) = ${exact}`, bounds(`length(${sql})`, min, max, words)];
  return [{ logic: undefined, sql: condition.filter(Boolean).join(' and ') }];
};

const pattern = (config: Config): Parts => {
  const { 'valid regex': regex, 'valid format': format } = config;
  const found = format === undefined ? regex : formatPattern(String(format));
  if (regex !== undefined && format !== undefined) return ['it has both a pattern and a format'];
  if (format !== undefined && found === undefined) return [`the format "${String(format)}" is not known here`];
  return found === undefined ? [] : [{ logic: { type: 'regex_match', pattern: found }, sql: undefined }];
};
