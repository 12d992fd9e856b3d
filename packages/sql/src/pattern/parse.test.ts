import { RuleError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { parsePattern } from './parse.js';
import { printPattern } from './print.js';
import { java, postgresAre, re2 } from './syntaxes.js';

const reasonOf = (pattern: string): string => {
  try {
    parsePattern(pattern);
  } catch (error) {
    if (error instanceof RuleError) return error.reason;
    throw error;
  }
  return 'accepted';
};

describe('the portable subset', () => {
  it.each([
    ['look-ahead', 'a(?=b)'],
    ['negative look-ahead', 'a(?!b)'],
    ['look-behind', '(?<=a)b'],
    ['negative look-behind', '(?<!a)b'],
    ['back-references', '(a)\\1'],
    ['named back-references', '(?P<x>a)\\k<x>'],
    ['possessive quantifiers', 'a*+'],
    ['possessive counted quantifiers', 'a{2}+'],
    ['atomic groups', '(?>a)'],
    ['comments', '(?#note)a'],
    ['multi-line mode', '(?m)^a'],
    ['extended mode', '(?x) a'],
    ['conditionals', '(?(1)a|b)'],
    ['\\h, which means different things', '\\h+'],
    ['\\Z, which means different things', 'a\\Z'],
    ['\\G', '\\Ga'],
    ['octal escapes', '\\012'],
    ['class intersection', '[a&&b]'],
    ['collating elements', '[[.a.]]'],
  ])('refuses %s as unsupported', (_, pattern) => {
    expect(reasonOf(pattern)).toBe('unsupported');
  });

  it.each([
    ['an open group', '(a'],
    ['a closed group that was never opened', 'a)'],
    ['an open bracket expression', '[a'],
    ['an empty bracket expression that never ends', '[]'],
    ['a range backwards', '[z-a]'],
    ['a class at the end of a range', '[a-\\d]'],
    ['an unknown POSIX class', '[[:letters:]]'],
    ['an unknown Unicode class', '\\p{Nonsense}'],
    ['a quantifier first', '*a'],
    ['a quantifier after an anchor', '^*'],
    ['two quantifiers', 'a{2}{3}'],
    ['a repetition backwards', 'a{3,2}'],
    ['more than 1,000 repetitions', 'a{1001}'],
    ['a backslash at the end', 'a\\'],
    ['a code point beyond Unicode', '\\x{110000}'],
    ['half of a surrogate pair', '\\uD800'],
    ['NUL', '\\x00'],
    ['a NUL written as itself', 'a\0'],
    ['groups nested beyond reason', '('.repeat(300) + ')'.repeat(300)],
  ])('refuses %s as invalid', (_, pattern) => {
    expect(reasonOf(pattern)).toBe('invalid');
  });

  it('says which pattern and which construct it refuses', () => {
    expect(() => parsePattern('a(?=b)')).toThrow(
      'the pattern "a(?=b)" uses look-around, which not every warehouse understands',
    );
  });

  it.each([
    'a{',
    'a{,3}',
    'a{x}',
    'x-y',
    '[]a]',
    '[^]a]',
    '[a-]',
    '[-a]',
    '()',
    'a||b',
    '(?:)',
    '(?P<year>[0-9]{4})',
    '(?<year>[0-9]{4})',
    '(?i-s:a)',
    '',
    '\\/\\-\\@',
  ])('accepts %s', (pattern) => {
    expect(reasonOf(pattern)).toBe('accepted');
  });
});

describe('printing', () => {
  const printed = (pattern: string) => ({
    re2: printPattern(parsePattern(pattern), re2),
    java: printPattern(parsePattern(pattern), java),
    postgres: printPattern(parsePattern(pattern), postgresAre),
  });

  it('writes out what engines read differently', () => {
    expect(printed('^\\d\\w.$')).toEqual({
      re2: '^[0-9][0-9A-Z_a-z][^\\x{0a}]$',
      java: '\\A[0-9][0-9A-Z_a-z][^\\u000a]\\z',
      postgres: '\\A[0-9][0-9A-Z_a-z][^\\u000a]\\Z',
    });
  });

  it('drops laziness and group names, which do not decide whether a pattern is found', () => {
    expect(printed('(?P<a>a+?)b*?').re2).toBe('a+b*');
  });

  it('works flags into the characters, up to the end of their group', () => {
    expect(printed('(?:(?i)a-é|b)c').re2).toBe('(?:[Aa]-[Éé]|[Bb])c');
    expect(printed('(?s).').postgres).toBe('[\\u0001-\\U0010ffff]');
  });

  it('splits repetitions that PostgreSQL cannot count to', () => {
    expect(printed('a{300,500}').postgres).toBe('a{255}a{45,245}');
    expect(printed('a{600,}').postgres).toBe('a{255}a{255}a{90,}');
    expect(printed('(?:ab){0,256}').postgres).toBe('(?:ab){0,255}(?:ab)?');
  });

  it('escapes what would mean something, inside brackets as well', () => {
    expect(printed('\\[\\(\\$x\\.[\\]\\^\\-&~]').java).toBe('\\[\\(\\$x\\.[\\&\\-\\]\\^\\~]');
  });
});
