import { describe, expect, it } from 'vitest';
import { assignment, instant, positiveNumber, wholeNumber, words } from './option-parsers.js';

describe('instant', () => {
  it.each([
    ['2026-01-15', '2026-01-15T00:00:00.000Z'],
    ['2026-01-15T12:30', '2026-01-15T12:30:00.000Z'],
    ['2026-01-15 12:30:05', '2026-01-15T12:30:05.000Z'],
    ['2026-01-15T12:30:05.25+02:00', '2026-01-15T10:30:05.250Z'],
  ])('reads %s', (text, expected) => {
    expect(instant(text)).toBe(expected);
  });

  it.each(['now', '2026-13-01', '15.01.2026', '2026-01-15T25:00', ''])('refuses "%s"', (text) => {
    expect(() => instant(text)).toThrow('timestamp');
  });
});

it('reads whole numbers from a least one on', () => {
  expect(wholeNumber(0)('0')).toBe(0);
  for (const text of ['-1', '1.5', '1e3', '', '99999999999999999999']) expect(() => wholeNumber(0)(text)).toThrow();
});

it('reads numbers above zero', () => {
  expect(positiveNumber('0.5')).toBe(0.5);
  for (const text of ['0', '-1', 'x', ' ', 'Infinity']) expect(() => positiveNumber(text)).toThrow();
});

it('collects words between commas over several flags', () => {
  expect(words('c', words('a, b,', undefined))).toEqual(['a', 'b', 'c']);
  for (const text of ['', ' ', ',']) expect(() => words(text, undefined)).toThrow('must not be empty');
});

it('splits an assignment at its first equals sign', () => {
  expect(assignment('dsn=host=x', { port: '1' })).toEqual({ port: '1', dsn: 'host=x' });
  expect(assignment('empty=', undefined)).toEqual({ empty: '' });
  expect(() => assignment('=x', undefined)).toThrow('KEY=VALUE');
});
