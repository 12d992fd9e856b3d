import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import { counted } from './amounts.js';
import { snakeCase } from './column-names.js';
import type { Draft } from './draft.js';
import { isListed } from './values.js';

/** Fewer different values show no form. */
const leastExamples = 5;

interface Format {
  readonly label: string;
  readonly pattern: string;
  /** Columns that may have it, where the form alone says too little. */
  readonly column?: RegExp;
}

/** The first that all values have is taken. Patterns are of the portable subset. */
const formats: readonly Format[] = [
  { label: 'UUIDs', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
  { label: 'e-mail addresses', pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s.]+$' },
  { label: 'web addresses', pattern: '^https?://[^\\s]+$' },
  { label: 'ISO 8601 dates', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  {
    label: 'ISO 8601 timestamps',
    pattern: '^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?$',
  },
  { label: 'IP addresses', pattern: '^\\d{1,3}(\\.\\d{1,3}){3}$' },
  { label: 'SHA-256 hashes', pattern: '^[0-9a-f]{64}$' },
  { label: 'MD5 hashes', pattern: '^[0-9a-f]{32}$' },
  { label: 'ISO 4217 currency codes', pattern: '^[A-Z]{3}$', column: /(^|_)currency(_|$)/ },
  { label: 'ISO 3166 country codes', pattern: '^[A-Z]{2}$', column: /(^|_)country(_|$)/ },
  { label: 'ISO 3166 country codes', pattern: '^[A-Z]{3}$', column: /(^|_)country(_|$)/ },
  { label: 'ISO 639 language codes', pattern: '^[a-z]{2}$', column: /(^|_)(lang|language)(_|$)/ },
  { label: 'codes of two capital letters', pattern: '^[A-Z]{2}$' },
  { label: 'codes of three capital letters', pattern: '^[A-Z]{3}$' },
  { label: 'codes of four capital letters', pattern: '^[A-Z]{4}$' },
  { label: 'codes of five digits', pattern: '^\\d{5}$' },
];

/** Texts of a form that is known keep it. */
export const formatDrafts = ({ columns }: TableProfile): readonly Draft[] =>
  columns
    .filter((column) => column.kind === 'text' && column.examples.length >= leastExamples && !isListed(column))
    .flatMap((column) => {
      const format = formatOf(column);
      return format ? [regexMatch(column, format)] : [];
    });

const formatOf = ({ name, examples }: ColumnProfile): Format | undefined =>
  formats.find(
    ({ pattern, column }) =>
      (column?.test(snakeCase(name)) ?? true) && examples.every((text) => new RegExp(pattern).test(text)),
  );

const regexMatch = ({ name, nonNull = 0 }: ColumnProfile, { label, pattern }: Format): Draft => ({
  name: `${name}_format`,
  type: 'regex_match',
  logic: { column: name, pattern },
  severity: 'medium',
  description: `${name} holds ${label}, as in all of ${counted(nonNull, 'row')}.`,
  comments: [],
  origin: 'profile',
  value: 75,
});
