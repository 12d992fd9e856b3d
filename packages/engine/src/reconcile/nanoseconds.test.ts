import { describe, expect, it } from 'vitest';
import { nanosecondsOf } from './nanoseconds.js';

describe('nanoseconds of cells', () => {
  it.each([
    ['1970-01-01', 0n],
    ['1970-01-02T00:00:00Z', 86_400_000_000_000n],
    ['1969-12-31T23:59:59.999999', -1_000n],
    ['2024-02-29T12:00:00.5Z', 1_709_208_000_500_000_000n],
    ['1970-01-01T00:00:00.000000001', 1n],
    ['00:00:01.5', 1_500_000_000n],
    ['23:59:59.999999', 86_399_999_999_000n],
  ])('count from 1970, or from midnight: %s', (text, nanoseconds) => {
    expect(nanosecondsOf(text)).toBe(nanoseconds);
  });

  it('agree with the calendar of JavaScript as far as that reaches', () => {
    for (let day = -800_000_000; day < 99_000_000; day += 9_999_991) {
      const date = new Date(day * 86_400 * 100);
      const iso = date.toISOString();
      expect(nanosecondsOf(iso), iso).toBe(BigInt(date.getTime()) * 1_000_000n);
    }
  });

  it.each(['+290000-01-01', '-000043-03-15'])('reach further: %s', (text) => {
    expect(nanosecondsOf(text)).toBeTypeOf('bigint');
  });

  it('are none for infinities', () => {
    expect(nanosecondsOf('Infinity')).toBeUndefined();
    expect(nanosecondsOf('-Infinity')).toBeUndefined();
  });
});
