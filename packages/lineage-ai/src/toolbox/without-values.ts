import type { LiveTable } from './located-table.js';

/**
 * What a warehouse says of a statement, without values of the tables: engines name the value that they could not cast. Names and
 * constants that the statement or the tables have anyway stay.
 */
export const withoutValues = (message: string, sql: string, tables: readonly LiveTable[]): string => {
  const known = wordsOf([sql, ...tables.flatMap(namesIn)].join(' '));
  const isKnown = (text: string): boolean => [...wordsOf(text)].every((word) => known.has(word));
  return quotes
    .reduce((text, quote) => withoutQuoted(text, quote, isKnown), message)
    .replace(valueAtEnd, (whole, before: string, value: string) => (isKnown(value) ? whole : `${before}…`))
    .replace(figure, (whole) => (isKnown(whole) ? whole : '…'));
};

const quotes = ["'", '"', '`'];

/** `Bad int64 value: x` and `Value cannot be cast to date: x`. */
const valueAtEnd = /(\b(?:value|cast|parse|convert|input)\b[^:\n]{0,60}:\s*)(\S.*)$/gim;

/** Places in the statement are none of the data. */
const figure = /(?<![\p{L}\p{N}_.])(?<!\b(?:line|column|byte|position) )-?\d+(?:[.,]\d+)*(?![\p{L}\p{N}_])/giu;

/** An odd quote stands inside a value, so that nobody can tell where that ends: all between the first and the last goes. */
const withoutQuoted = (text: string, quote: string, isKnown: (text: string) => boolean): string => {
  const parts = text.split(quote);
  const isPaired = parts.length % 2 === 1;
  if (isPaired) return parts.map((part, index) => (index % 2 === 0 || isKnown(part) ? part : '…')).join(quote);
  if (parts.length === 2) return text;
  const inside = parts.slice(1, -1).join(quote);
  return [parts[0], isKnown(inside) ? inside : '…', parts.at(-1)].join(quote);
};

const namesIn = ({ table, description }: LiveTable): readonly string[] => [
  ...table.parts,
  ...description.columns.flatMap(({ name, type }) => [name, type.native]),
];

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
