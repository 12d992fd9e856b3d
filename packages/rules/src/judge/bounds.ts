import type { JsonObject } from '@aegis/spec';
import Big from 'big.js';
import type { z } from 'zod';
import { decimal } from '../type/scalars.js';

/** An inclusive range; either side may be absent, not both. */
export interface Bounds {
  readonly min_value?: string | undefined;
  readonly max_value?: string | undefined;
}

/** The params of a range of numbers. Wrap the object that holds them in {@link withBounds}. */
export const numericBounds = {
  min_value: decimal().optional().describe('Smallest allowed value; inclusive.'),
  max_value: decimal().optional().describe('Largest allowed value; inclusive.'),
};

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** The day of a date or of a timestamp without a zone. Days sort as text. */
const dayOf = (text: string): string | undefined =>
  /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/.exec(text)?.[1];

/** Whether no value of any type can lie between; other texts are left to the type of the column. */
const inverted = ({ min_value: min, max_value: max }: Bounds): boolean => {
  if (min === undefined || max === undefined) return false;
  if (isNumber(min) && isNumber(max)) return new Big(min).gt(max);
  const [first, last] = [dayOf(min), dayOf(max)];
  return first !== undefined && last !== undefined && first > last;
};

/** Refuses a range without sides, and one that nothing can lie in. */
export const withBounds = <Schema extends z.ZodType<Bounds>>(schema: Schema): Schema =>
  schema
    .refine(({ min_value, max_value }) => min_value !== undefined || max_value !== undefined, {
      error: 'must give min_value, max_value or both',
    })
    .refine((bounds) => !inverted(bounds), { error: 'min_value must not be above max_value', path: ['min_value'] });

/** Whether `total / divisor` lies within the bounds, exactly and without dividing. */
export const isWithin = (
  total: Big.BigSource,
  { min_value: min, max_value: max }: Bounds,
  divisor: Big.BigSource = 1,
) =>
  (min === undefined || new Big(total).gte(new Big(min).times(divisor))) &&
  (max === undefined || new Big(total).lte(new Big(max).times(divisor)));

/** `{ mean_min, mean_max }`: the limits of a figure, for the report. */
export const expectedBounds = (figure: string, { min_value: min, max_value: max }: Bounds): JsonObject => ({
  ...(min !== undefined && { [`${figure}_min`]: min }),
  ...(max !== undefined && { [`${figure}_max`]: max }),
});
