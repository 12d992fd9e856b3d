import { expect, it } from 'vitest';
import { freshnessThreshold, readDuration } from './duration.js';

it.each([
  ['< 1d', 86_400],
  ['when > 1d6h', 108_000],
  ['24h30m', 88_200],
  ['< 90 m', 5_400],
  ['< 30s', 30],
  ['< 1', undefined],
  ['', undefined],
  ['soon', undefined],
])('%s is %s seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds);
});

it('takes the largest unit that it is whole in', () => {
  expect([172_800, 7_200, 5_400, 30].map(freshnessThreshold)).toEqual([
    { threshold: 2, unit: 'days' },
    { threshold: 2, unit: 'hours' },
    { threshold: 90, unit: 'minutes' },
    { threshold: 0.5, unit: 'minutes' },
  ]);
});
