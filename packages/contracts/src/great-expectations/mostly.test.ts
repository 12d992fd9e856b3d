import { expect, it } from 'vitest';
import { rule } from './meanings/meaning.js';
import { allowance } from './mostly.js';

const ofValues = rule('between', { column: 'x', min_value: 0 }, { share: 'values' });

it.each([
  [0.95, 'percent > 5'],
  [0.999, 'percent > 0.1'],
  [0.9999, 'percent > 0.01'],
  [0.07, 'percent > 93'],
  [0.333, 'percent > 66.7'],
  [0, 'percent > 100'],
  [0.5, 'percent > 50'],
])('%d of the values leave %s', (mostly, failIf) => {
  expect(allowance(mostly, ofValues)).toEqual({ allowed: { fail_if: failIf } });
});

it('allows nothing where all values are expected', () => {
  expect(allowance(1, ofValues)).toEqual({ allowed: undefined });
  expect(allowance(undefined, ofValues)).toEqual({ allowed: undefined });
});

it.each([1.5, -0.1, '0.9', 1e-9])('refuses %s as a share', (mostly) => {
  expect(allowance(mostly, ofValues)).toBe('its mostly is no share of 1');
});

it('says so where the rule type allows no share', () => {
  expect(allowance(0.9, rule('unique', { column: 'x' }))).toBe('its rule type allows no share of failures');
});
