import { expect, it } from 'vitest';
import { parseThreshold } from './threshold.js';

it.each([
  ['rows > 0', { of: 'rows', operator: '>', value: '0' }],
  ['rows>=10', { of: 'rows', operator: '>=', value: '10' }],
  ['  keys  >  1e2 ', { of: 'keys', operator: '>', value: '100' }],
  ['values > 2', { of: 'values', operator: '>', value: '2' }],
  ['percent >= 2.50', { of: 'percent', operator: '>=', value: '2.5' }],
  ['percent > 5 %', { of: 'percent', operator: '>', value: '5' }],
  ['percent > 5%', { of: 'percent', operator: '>', value: '5' }],
  ['rows > 18446744073709551616', { of: 'rows', operator: '>', value: '18446744073709551616' }],
])('reads %j', (text, threshold) => {
  expect(parseThreshold(text)).toEqual(threshold);
});

const form = 'must be like `rows > 0`, `keys >= 10`, `values > 2` or `percent > 2.5`';

it.each([
  ['', form],
  ['rows', form],
  ['rows < 5', form],
  ['rows == 5', form],
  ['rows > many', form],
  ['Rows > 5', form],
  ['rows > 5 %', form],
  ['rows > 5 or 1=1', form],
  ['rows > .inf', form],
  ['rows > -1', 'must not compare with a negative number'],
  ['rows > 1.5', 'must compare rows with a whole number'],
  ['percent > 100.1', 'must compare percent with at most 100'],
])('refuses %j', (text, refusal) => {
  expect(parseThreshold(text)).toEqual({ refusal });
});
