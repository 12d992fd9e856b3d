import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counted, listed, roundedDown, widened } from './amounts.js';

describe('widened bounds', () => {
  it.each([
    [0, 100, '0', '130'],
    [3, 97, '0', '121'],
    [-5, 5, '-8', '8'],
    [-97, -3, '-121', '0'],
    [1.4, 9.2, '0', '11.2'],
    [1000, 1000, '700', '1300'],
    [0, 0, '0', '0'],
    [0.001, 0.009, '0', '0.011'],
    [0, 5e-324, '0', '0.000000001'],
  ])('of %s to %s are %s to %s', (min, max, low, high) => {
    expect(widened(min, max)).toEqual({ min: low, max: high });
  });

  it('of whole numbers are whole', () => {
    expect(widened(1, 3, { isWhole: true })).toEqual({ min: '0', max: '4' });
  });

  it('hold what they were made from, and are numbers without an exponent', () => {
    const number = fc.double({ min: -1e15, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const bounds = widened(min, max);
        expect(bounds.min).toMatch(/^-?\d+(\.\d+)?$/);
        expect(bounds.max).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(bounds.min)).toBeLessThanOrEqual(min);
        expect(Number(bounds.max)).toBeGreaterThanOrEqual(max);
      }),
      { seed: 1 },
    );
  });
});

it('a number is rounded down to two digits', () => {
  expect([0, 7, 10, 1607, 999_999].map(roundedDown)).toEqual([0, 7, 10, 1600, 990_000]);
});

it('counts and lists read as words', () => {
  expect([counted(1, 'row'), counted(3214, 'row')]).toEqual(['1 row', '3,214 rows']);
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});
