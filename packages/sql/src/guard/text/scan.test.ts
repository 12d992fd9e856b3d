import { describe, expect, it } from 'vitest';
import { lexicons } from './lexicon.js';
import { refusalsIn } from './refusal.js';
import { scan } from './scan.js';

type LexiconName = keyof typeof lexicons;

const texts = (sql: string, lexicon: LexiconName = 'postgresql') =>
  scan(sql, lexicons[lexicon], refusalsIn(sql)).map(({ text }) => text);

describe('the tokens of a text', () => {
  it('leave out blanks and comments, whatever is in them', () => {
    expect(texts('a -- \' /* \n = /* " -- */ 1')).toEqual(['a', '=', '1']);
  });

  it('know where they stand', () => {
    expect(scan('a  =\n1', lexicons.duckdb, refusalsIn('')).map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [3, 4],
      [5, 6],
    ]);
  });

  it('keep operators together, the longest first', () => {
    expect(texts("a->>'x'::int<=b||c!~*d")).toEqual(['a', '->>', "'x'", '::', 'int', '<=', 'b', '||', 'c', '!~*', 'd']);
  });

  it('take a comment sign out of a run of operators', () => {
    expect(texts('a<--b\n1')).toEqual(['a', '<', '1']);
  });

  it.each<[LexiconName, string, readonly string[]]>([
    ['postgresql', '\'it\'\'s\' "a""b"', ["'it''s'", '"a""b"']],
    ['postgresql', "'a\\' = E'b\\'c'", ["'a\\'", '=', "E'b\\'c'"]],
    ['duckdb', "'a\\' = 1", ["'a\\'", '=', '1']],
    ['trino', "'a\\' = 1", ["'a\\'", '=', '1']],
    ['bigquery', "'a\\'b' = \"c'd\"", ["'a\\'b'", '=', '"c\'d"']],
    ['bigquery', 'r\'\\d\' = rb"x"', ["r'\\d'", '=', 'rb"x"']],
    ['bigquery', "'''a'b\n''' = 1 # comment", ["'''a'b\n'''", '=', '1']],
    ['bigquery', '`a b`.c', ['`a b`', '.', 'c']],
    ['databricks', "'a\\'b' = \"c'd\" + r'\\'", ["'a\\'b'", '=', '"c\'d"', '+', "r'\\'"]],
    ['databricks', '`a``b`', ['`a``b`']],
  ])('read quotes the way %s does: %j', (lexicon, sql, expected) => {
    expect(texts(sql, lexicon)).toEqual(expected);
  });

  it('tell {table} from a struct', () => {
    expect(texts("{table} {'table': 1} {table : 1}", 'duckdb')).toEqual([
      '{table}',
      ...['{', "'table'", ':', '1', '}'],
      ...['{', 'table', ':', '1', '}'],
    ]);
  });

  it('read letters of every script as words', () => {
    expect(texts('größe = 日本')).toEqual(['größe', '=', '日本']);
  });
});

describe('a text is refused', () => {
  it.each<[string, string, number, LexiconName?]>([
    ['control-character', 'a = \u0000', 4],
    ['control-character', "a = '\u001b[31m'", 5],
    ['control-character', 'a \u202e= 1', 2],
    ['control-character', 'a = 1 -- \u0085', 9],
    ['syntax', "a = 'open", 4],
    ['syntax', 'a = "open', 4],
    ['syntax', 'a /* open', 2],
    ['forbidden', 'a /* b /* c */ */', 2],
    ['forbidden', 'a = $$b$$', 4],
    ['forbidden', 'a = 0x1F', 4],
    ['forbidden', 'a = 1e', 4],
    ['forbidden', "a = U&'x'", 5],
    ['forbidden', "a = n'x'", 4],
    ['forbidden', "a = 'x' 'y'", 4],
    ['forbidden', "a = 'x''y'", 4, 'databricks'],
    ['forbidden', 'a = \u00ab', 4],
    ['syntax', 'a = `b`', 4],
    ['forbidden', 'a # b', 2, 'duckdb'],
  ])('as %s: %j', (reason, sql, offset, lexicon) => {
    expect(() => texts(sql, lexicon)).toThrow(
      expect.objectContaining({ reason, at: { line: 1, column: offset + 1 }, hint: expect.any(String) }),
    );
  });
});
