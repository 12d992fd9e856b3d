import { expect, it } from 'vitest';
import { z } from 'zod';
import { withBounds } from './bounds.js';

const schema = withBounds(z.strictObject({ min_value: z.string().optional(), max_value: z.string().optional() }));
const refusal = (min_value?: string, max_value?: string) =>
  schema.safeParse({ ...(min_value !== undefined && { min_value }), ...(max_value !== undefined && { max_value }) })
    .error?.issues[0];

it.each([
  ['10', '9'],
  ['0.10', '0.09'],
  ['-1', '-2'],
  ['2026-02-01', '2026-01-31'],
  ['2026-02-01T00:00', '2026-01-31'],
  ['2026-02-01', '2026-01-31 23:59:59.9'],
])('refuses %s to %s: nothing lies between', (min, max) => {
  expect(refusal(min, max)).toMatchObject({ message: 'min_value must not be above max_value', path: ['min_value'] });
});

it.each([
  ['9', '10'],
  ['5', '5.0'],
  ['2026-01-31', '2026-01-31'],
  // The last day counts as a whole.
  ['2026-01-31T12:00', '2026-01-31'],
  // With zones, the later day may hold the earlier moment.
  ['2026-02-01T00:00+14:00', '2026-01-31T23:00-12:00'],
  ['b', 'a'],
])('takes %s to %s', (min, max) => {
  expect(refusal(min, max)).toBeUndefined();
});

it('wants one bound at least', () => {
  expect(refusal()?.message).toBe('must give min_value, max_value or both');
  expect(refusal('1')).toBeUndefined();
});
