import type { Evidence, JsonObject, JsonValue, Row } from '@aegis/spec';
import { maskFigures } from './mask-figures.js';
import type { Redactor } from './redactor.js';

/** Entries of an evidence's numbers that hold values of rows, by column: an object, or a list of them. */
const holdValues = ['values', 'right', 'same_rows'];

/**
 * Evidence as it may be stored or sent. What its numbers hold of rows is masked like a row; sentence and SQL repeat those
 * values, the shortest of which are replaced only where a value stands.
 */
export const maskEvidence = (
  evidence: Evidence,
  redactor: Pick<Redactor, 'cell' | 'value' | 'row' | 'text'>,
): Evidence => {
  const numbers = maskNumbers(evidence.numbers, redactor);
  const text = (written: string) => redactor.text(withoutShortValues(written, shortValues(evidence.numbers, numbers)));
  return {
    ...evidence,
    numbers,
    sentence: text(evidence.sentence),
    ...(evidence.sql !== undefined && { sql: text(evidence.sql) }),
  };
};

const maskNumbers = (numbers: JsonObject, redactor: Pick<Redactor, 'cell' | 'value' | 'row'>): JsonObject => {
  const { column } = numbers;
  const figures = Object.fromEntries(Object.entries(numbers).filter(([key]) => !holdValues.includes(key)));
  const values = Object.entries(numbers).filter(([key]) => holdValues.includes(key));
  return {
    ...maskFigures(figures, redactor, typeof column === 'string' ? [column] : []),
    ...Object.fromEntries(values.map(([key, value]) => [key, maskRows(value, redactor)])),
  };
};

const maskRows = (value: JsonValue, redactor: Pick<Redactor, 'value' | 'row'>): JsonValue => {
  if (isList(value)) return value.map((item) => maskRows(item, redactor));
  return isRow(value) ? redactor.row(value) : redactor.value(value);
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isRow = (value: JsonValue): value is Row => typeof value === 'object' && value !== null && !isList(value);

type Replacement = readonly [string, string];

/** Values of one or two characters that were masked: a redactor does not recall those, they are in too many words. */
const shortValues = (before: JsonObject, after: JsonObject): readonly Replacement[] =>
  holdValues
    .flatMap((key) => replacements(before[key] ?? null, after[key] ?? null))
    .filter(([value]) => value.length < 3);

const replacements = (before: JsonValue, after: JsonValue): readonly Replacement[] => {
  if (isList(before))
    return before.flatMap((item, index) => replacements(item, isList(after) ? (after[index] ?? null) : null));
  if (isRow(before))
    return Object.entries(before).flatMap(([name, value]) =>
      replacements(value, isRow(after) ? (after[name] ?? null) : null),
    );
  const [value, token] = [String(before), String(after)];
  return value === token || value === '' ? [] : [[value, token]];
};

const beforeValues = "(?:[=<>(]|\\b(?:from|before|since|hold|above|of|on|to|and)\\b|,)\\s*'?";

const withoutShortValues = (text: string, values: readonly Replacement[]): string =>
  values.reduce((masked, [value, token]) => {
    const escaped = value.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const pattern = new RegExp(`(${beforeValues})${escaped}(?![\\p{L}\\p{N}]| ?%| of | rows)`, 'gu');
    return masked.replaceAll(pattern, (_, before: string) => `${before}${token}`);
  }, text);
