import type { PatternSyntax } from './print.js';

const hex = (codePoint: number, digits: number): string => codePoint.toString(16).padStart(digits, '0');
const word = '[0-9A-Za-z_]';

/** RE2: DuckDB and BigQuery. */
export const re2: PatternSyntax = {
  assertions: { start: '^', end: '$', word_boundary: '\\b', not_word_boundary: '\\B' },
  codePoint: (codePoint) => `\\x{${hex(codePoint, 2)}}`,
  firstCodePoint: 0,
  maxRepeat: 1000,
};

/**
 * Java in Databricks, Joni with its Java syntax in Trino and Athena. Their `$` also matches before a last line feed and
 * their `\b` knows more than ASCII, so both are written out. Joni reads `\uHHHH` and no `\x{H…}`.
 */
export const java: PatternSyntax = {
  assertions: {
    start: '\\A',
    end: '\\z',
    word_boundary: `(?:(?<!${word})(?=${word})|(?<=${word})(?!${word}))`,
    not_word_boundary: `(?:(?<!${word})(?!${word})|(?<=${word})(?=${word}))`,
  },
  codePoint: (codePoint) => (codePoint > 0xffff ? String.fromCodePoint(codePoint) : `\\u${hex(codePoint, 4)}`),
  firstCodePoint: 0,
  maxRepeat: 1000,
};

/**
 * PostgreSQL's advanced regular expressions, under the collation C: `\y` then knows ASCII word characters only.
 * Text cannot hold NUL, and a quantifier counts to 255.
 */
export const postgresAre: PatternSyntax = {
  assertions: { start: '\\A', end: '\\Z', word_boundary: '\\y', not_word_boundary: '\\Y' },
  codePoint: (codePoint) => (codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`),
  firstCodePoint: 1,
  maxRepeat: 255,
};
