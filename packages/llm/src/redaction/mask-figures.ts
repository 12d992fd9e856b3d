import type { JsonObject, JsonValue } from '@aegis/spec';
import type { Redactor } from './redactor.js';

const isFigure = (text: string): boolean =>
  /^[+-]?\d+(\.\d+)?$/.test(text) || /^\d{4}-\d{2}-\d{2}([ T][\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(text);

/** Figures about `columns`: texts are values of those columns, numbers and dates are kept. */
export const maskFigures = (
  figures: JsonObject,
  redactor: Pick<Redactor, 'cell' | 'value'>,
  columns: readonly string[],
): JsonObject =>
  Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [
      key,
      key === 'column' ? value : maskFigure(key, value, redactor, columns),
    ]),
  );

const maskFigure = (
  key: string,
  value: JsonValue,
  redactor: Pick<Redactor, 'cell' | 'value'>,
  columns: readonly string[],
): JsonValue => {
  if (typeof value === 'string') return isFigure(value) ? redactor.value(value) : maskAs(key, value, redactor, columns);
  if (Array.isArray(value)) return value.map((item: JsonValue) => maskFigure(key, item, redactor, columns));
  if (typeof value === 'object' && value !== null) {
    const inner: JsonObject = Object.fromEntries(Object.entries(value));
    return maskFigures(inner, redactor, columns);
  }
  return value;
};

/** Masked by the first of the columns whose name calls for it, else by the key, else by form. */
const maskAs = (
  key: string,
  value: string,
  redactor: Pick<Redactor, 'cell'>,
  columns: readonly string[],
): JsonValue => {
  for (const column of columns) {
    const masked = redactor.cell(column, value);
    if (masked !== value) return masked;
  }
  return redactor.cell(key, value);
};
