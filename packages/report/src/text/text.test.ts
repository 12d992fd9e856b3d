import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/any-text.js';
import { formatBytes, formatCount, formatElapsed, formatNumber, formatPercent, formatSeconds } from './format.js';
import { shorten } from './shorten.js';
import { visible, visibleLines } from './visible.js';

test.each([
  ['a\nb\tc\r', 'a\\nb\\tc\\r'],
  ['\u0000\u001b[31m\u009b', '\\x00\\x1b[31m\\x9b'],
  ['\u202eevil\u2066', '\\u{202e}evil\\u{2066}'],
  ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
  ['\ud800 alone', '\\u{d800} alone'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
  ['👨‍👩‍👧 שלום 東京 é', '👨‍👩‍👧 שלום 東京 é'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('nothing that acts or hides is left of any text, and what is shown stays as it is', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cs}\u{202a}-\u{202e}]/u);
      expect(visible(visible(text))).toBe(visible(text));
    }),
    { seed: 1 },
  );
});

test('lines are told apart by any kind of line end', () => {
  expect(visibleLines('a\r\nb\rc\nd')).toEqual(['a', 'b', 'c', 'd']);
});

test('a long text is cut between characters and says how long it was', () => {
  expect(shorten('abc', 3)).toBe('abc');
  expect(shorten('abcd', 3)).toBe('abc... (4 characters)');
  expect(shorten('ab😀cd', 3)).toBe('ab... (6 characters)');
});

test.each([
  [1234567, '1,234,567'],
  ['12345678901234567890', '12,345,678,901,234,567,890'],
  ['-0.12345678', '-0.1235'],
  ['0.00000001', '0.00000001'],
  ['NaN', 'NaN'],
  ['1e30', '1e30'],
  ['2026-01-15', '2026-01-15'],
  ['', ''],
])('the number %s is shown as %s', (value, shown) => {
  expect(formatNumber(value)).toBe(shown);
});

test.each([
  [0, '0 %'],
  [0.001, '<0.01 %'],
  [1.9, '1.9 %'],
  [99.995, '>99.99 %'],
  [100, '100 %'],
])('the share %d is shown as %s', (percent, shown) => {
  expect(formatPercent(percent)).toBe(shown);
});

test.each([
  [1, 'rules', '1 rule'],
  [2000, 'rules', '2,000 rules'],
  [1, 'queries', '1 query'],
] as const)('%d %s is shown as %s', (count, noun, shown) => {
  expect(formatCount(count, noun)).toBe(shown);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [12_345_678, '12.3 MB'],
  [5e18, '5,000 PB'],
])('%d bytes are shown as %s', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown);
});

test.each([
  [0.44, '0.4 ms'],
  [12.4, '12 ms'],
  [1234, '1.2 s'],
  [185_000, '3 min 5 s'],
])('%d milliseconds are shown as %s', (ms, shown) => {
  expect(formatElapsed(ms)).toBe(shown);
});

test.each([
  [0, '0 s'],
  [3601, '1 h 1 s'],
  [-90, '-1 min 30 s'],
  [90_061, '1 d 1 h 1 min 1 s'],
  [1.5, '1.5 s'],
])('%d seconds are shown as %s', (seconds, shown) => {
  expect(formatSeconds(seconds)).toBe(shown);
});
