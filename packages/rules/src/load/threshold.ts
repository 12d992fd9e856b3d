import type { Threshold } from '@aegis/spec';
import Big from 'big.js';
import { z } from 'zod';
import { readDecimal } from '../type/exact-number.js';

const pattern = /^(rows|keys|values|percent)\s*(>=|>)\s*(\S+?)\s*(%?)$/;

/** Reads `rows > 0` or `percent >= 2.5`; otherwise says what it must be. */
export const parseThreshold = (text: string): Threshold | { readonly refusal: string } => {
  const [, of, operator, written, sign] = pattern.exec(text.trim()) ?? [];
  const number = readDecimal(written ?? '');
  if (number.kind !== 'decimal' || (sign && of !== 'percent')) return { refusal: expectation };
  const threshold = { of, operator, value: number.text } as Threshold;
  const refusal = outOfRange(threshold);
  return refusal === undefined ? threshold : { refusal };
};

const expectation = 'must be like `rows > 0`, `keys >= 10`, `values > 2` or `percent > 2.5`';

const outOfRange = ({ of, value }: Threshold): string | undefined => {
  const number = new Big(value);
  if (number.lt(0)) return 'must not compare with a negative number';
  if (of === 'percent') return number.gt(100) ? 'must compare percent with at most 100' : undefined;
  return value.includes('.') ? `must compare ${of} with a whole number` : undefined;
};

const schemaPattern = '^\\s*(rows|keys|values|percent)\\s*>=?\\s*[0-9.]+\\s*%?\\s*$';

/** The schema of `fail_if` and `warn_if`. */
export const thresholdSchema = z
  .unknown()
  .meta({ type: 'string', pattern: schemaPattern, examples: ['percent > 2.5'] })
  .transform((value, context): Threshold => {
    const threshold = typeof value === 'string' ? parseThreshold(value) : { refusal: expectation };
    if (!('refusal' in threshold)) return threshold;
    context.addIssue({ code: 'custom', message: threshold.refusal });
    return z.NEVER;
  }) as unknown as z.ZodType<Threshold, string>;
