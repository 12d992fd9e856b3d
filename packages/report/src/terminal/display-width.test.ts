import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth, truncate, wrap } from './display-width.js';

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['東京タワー', 5, '東京…'],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3, '👨‍👩‍👧‍👦…'],
  ['ab cdef', 4, 'ab…'],
])('%s cut to %i columns is %s', (text, width, cut) => {
  expect(truncate(text, width, '…')).toBe(cut);
});

test('words go to the next line whole, and only a word longer than a line is broken', () => {
  expect(wrap('one three fifteen', 5)).toEqual(['one', 'three', 'fifte', 'en']);
});

test('the indentation of a line is kept', () => {
  expect(wrap('  SET a', 10)).toEqual(['  SET a']);
});

test('a cluster wider than the line is broken between code points', () => {
  expect(wrap('\u0600'.repeat(6), 4)).toEqual(['\u0600'.repeat(4), '\u0600'.repeat(2)]);
});

test('wrapping loses nothing but spaces, and every line fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    }),
    { seed: 1 },
  );
});
