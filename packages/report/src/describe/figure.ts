import type { JsonValue } from '@aegis/spec';
import { formatCount, formatNumber, formatSeconds } from '../text/format.js';
import { shorten } from '../text/shorten.js';
import { visible } from '../text/visible.js';

/** How a figure of `observed` or `expected` reads, found from its name alone. */
export interface Figure {
  /** `age_seconds_max` without the limit's ending: `age_seconds`. */
  readonly label: string;
  readonly unit: Unit | undefined;
  /** A count reads "19 NULLs", anything else "mean 3.5". */
  readonly isCount: boolean;
}

type Unit = (typeof units)[number];
const units = ['percent', 'seconds', 'minutes', 'hours', 'days', 'ms', 'bytes'] as const;

const pluralWord = /(^|_)[a-z]{2,}[^su_]s(_|$)/;

export const figureOf = (key: string): Figure => {
  const unit = units.find((candidate) => key === candidate || key.endsWith(`_${candidate}`));
  const name = unit ? key.slice(0, -unit.length).replace(/_$/, '') : key;
  return { label: labelOf(name), unit, isCount: unit === undefined && pluralWord.test(key) };
};

/** `null_keys` as "NULL keys", `non_null` as "non-NULL". */
const labelOf = (name: string): string =>
  visible(shorten(name, longestValue))
    .replace(/(^|_)non_/g, '$1non-')
    .replaceAll('_', ' ')
    .replace(/\bnull(s?)\b/g, 'NULL$1');

const isNumeric = (value: JsonValue): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

/** More decimals than the usual four, when four would hide that the value is not its limit. */
const decimalsBeside = (value: string | number, limit: JsonValue | undefined): number => {
  const looksEqual = limit !== undefined && isNumeric(limit) && formatNumber(value) === formatNumber(limit);
  return looksEqual && String(value) !== String(limit) ? 20 : 4;
};

const inUnit = (number: string, value: string | number, unit: Unit | undefined): string => {
  if (unit === undefined) return number;
  if (unit === 'seconds') return formatSeconds(Number(value));
  return `${number} ${unit === 'percent' ? '%' : unit}`;
};

const listedValues = 5;
const longestValue = 120;

/** A value as a reader wants it. `beside` is the limit it is compared with, so that rounding never makes the two look equal. */
export const formatValue = (value: JsonValue, { unit }: Figure, beside?: JsonValue): string => {
  if (isNumeric(value)) return inUnit(formatNumber(value, decimalsBeside(value, beside)), value, unit);
  if (value === null) return 'none';
  if (typeof value === 'string') return visible(shorten(value, longestValue));
  return Array.isArray(value) ? formatList(value) : wordOf(value);
};

const formatList = (values: readonly JsonValue[]): string => {
  if (values.length === 0) return 'none';
  const shown = values.slice(0, listedValues).map(wordOf);
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
};

const wordOf = (value: JsonValue): string =>
  visible(shorten(typeof value === 'string' ? value : JSON.stringify(value), longestValue));

/** "19 NULLs", "no NULLs", "1.9 % NULL", "mean 3.5". */
export const formatFigure = (key: string, value: JsonValue, beside?: JsonValue): string => {
  const figure = figureOf(key);
  const text = formatValue(value, figure, beside);
  if (figure.isCount && isNumeric(value)) return countPhrase(Number(value), text, figure.label);
  if (figure.label === '') return text;
  return figure.unit === 'percent' ? `${text} ${figure.label}` : `${figure.label} ${text}`;
};

const countPhrase = (count: number, text: string, label: string): string => {
  if (count === 0) return `no ${label}`;
  return count === 1 ? formatCount(1, label) : `${text} ${label}`;
};
