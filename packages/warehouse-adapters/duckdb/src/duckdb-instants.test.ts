import { describe, expect, it } from 'vitest';
import { isoDate, isoDuration, isoOffset, isoTime, isoTimestamp } from './duckdb-instants.js';

describe('isoDate', () => {
  it.each([
    [0, '1970-01-01'],
    [-1, '1969-12-31'],
    [59, '1970-03-01'],
    [-719_528, '0000-01-01'],
    [-719_529, '-000001-12-31'],
    [2_932_896, '9999-12-31'],
    [2_932_897, '+010000-01-01'],
    [2_147_483_646, '+5881580-07-10'],
    [-2_147_483_646, '-5877641-06-25'],
  ])('writes day %i as %s', (days, expected) => {
    expect(isoDate(days)).toBe(expected);
  });

  it('agrees with JavaScript on every hundredth day of its own range', () => {
    for (let days = -800_000; days < 3_000_000; days += 100) {
      expect(isoDate(days)).toBe(new Date(days * 86_400_000).toISOString().split('T')[0]);
    }
  });
});

describe('isoTimestamp', () => {
  it.each([
    [0n, '1970-01-01T00:00:00'],
    [-1n, '1969-12-31T23:59:59.999999999'],
    [1_500_000_000n, '1970-01-01T00:00:01.5'],
    [-86_400_000_000_000n, '1969-12-31T00:00:00'],
  ])('writes %i nanoseconds as %s', (nanoseconds, expected) => {
    expect(isoTimestamp(nanoseconds)).toBe(expected);
  });
});

it('writes the end of a day as 24:00:00', () => {
  expect(isoTime(86_400_000_000_000n)).toBe('24:00:00');
});

describe('isoOffset', () => {
  it.each([
    [0, '+00:00'],
    [-19_800, '-05:30'],
    [57_599, '+15:59:59'],
  ])('writes %i seconds as %s', (seconds, expected) => {
    expect(isoOffset(seconds)).toBe(expected);
  });
});

describe('isoDuration', () => {
  it.each([
    [0, 0, 0n, 'PT0S'],
    [14, 3, 14_706_500_000n, 'P1Y2M3DT4H5M6.5S'],
    [-14, 0, 0n, 'P-1Y-2M'],
    [0, 0, -90_000_000n, 'PT-1M-30S'],
    [0, 0, -1n, 'PT-0.000001S'],
    [0, 1, 0n, 'P1D'],
  ])('writes %i months, %i days and %i microseconds as %s', (months, days, microseconds, expected) => {
    expect(isoDuration(months, days, microseconds)).toBe(expected);
  });
});
