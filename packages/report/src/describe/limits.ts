import type { JsonObject, JsonValue } from '@aegis/spec';

/** What `expected` says about one figure. */
export interface Limits {
  readonly figure: string;
  readonly min?: JsonValue;
  readonly max?: JsonValue;
  readonly exactly?: JsonValue;
}

const figureOfLimit = (key: string): string => key.replace(/_(min|max)$/, '');

/** The limits of `expected`, one entry per figure, in the order in which the figures appear. */
export const limitsOf = (expected: JsonObject): Limits[] =>
  [...new Set(Object.keys(expected).map(figureOfLimit))].map((figure) => ({
    figure,
    ...side('min', own(expected, `${figure}_min`)),
    ...side('max', own(expected, `${figure}_max`)),
    ...side('exactly', own(expected, figure)),
  }));

const own = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const side = (name: 'min' | 'max' | 'exactly', value: JsonValue | undefined) =>
  value === undefined ? {} : { [name]: value };

/** Whether a value keeps its limits, as far as floats can tell: good enough to choose words, never to judge. */
export const isWithin = ({ min, max, exactly }: Limits, value: JsonValue): boolean => {
  if (exactly !== undefined) return String(value) === String(exactly);
  const isBelow = min !== undefined && Number(value) < Number(min);
  return !(isBelow || (max !== undefined && Number(value) > Number(max)));
};
