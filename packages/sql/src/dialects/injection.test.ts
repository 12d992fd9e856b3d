import { type ColumnExpression, PlanError } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, literal, matches } from '../build.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { builtInDialects, type DialectName } from './index.js';

const names = Object.keys(builtInDialects) as DialectName[];

/** Texts that end a quotation, open a comment or change the meaning of what follows, somewhere. */
const hostile = [
  `'`,
  `''`,
  `"`,
  '`',
  `\\`,
  `\\'`,
  `\\\\'`,
  `'; DROP TABLE t; --`,
  `" OR 1=1 --`,
  '` OR 1=1 --',
  `/* */ -- #`,
  `*/ UNION SELECT 1 /*`,
  `$$ $1 :name ? {x}`,
  '${env:HOME} {{ x }}',
  `%_`,
  `\u2019\uFF07\u02BC`,
  `é 漢字 😀 \u202e`,
  `E'\\x41'`,
  `U&'\\0041'`,
];

const withControls = ['a\nb', 'a\r-- b', 'a\tb', "\u001b[0m'", '\u0085'];

/**
 * Reads a quotation as the engine's lexer does and gives what it holds; throws where it ends early or not at all.
 * Where a backslash escapes the character behind it, two quotes side by side are the end of one quotation and the start of
 * another; elsewhere they are a quote.
 */
const unquoted = (sql: string, escapesByBackslash: boolean): string => {
  const quote = sql[0];
  let text = '';
  let index = 1;
  for (;;) {
    const character = sql[index];
    if (character === undefined) throw new Error(`the quotation never ends: ${sql}`);
    if (character === '\\' && escapesByBackslash) {
      const [escaped, length] = unescaped(sql.slice(index));
      text += escaped;
      index += length;
    } else if (character !== quote) {
      text += character;
      index += 1;
    } else if (sql[index + 1] === quote && !escapesByBackslash) {
      text += quote;
      index += 2;
    } else if (index === sql.length - 1) return text;
    else throw new Error(`the quotation ends early: ${sql}`);
  }
};

const unescaped = (sql: string): [string, number] => {
  const code = /^\\u([\da-f]{4})/.exec(sql);
  if (code) return [String.fromCharCode(Number.parseInt(code[1] ?? '', 16)), 6];
  const named: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t' };
  const letter = sql[1] ?? '';
  return [named[letter] ?? letter, 2];
};

const escapesInText: ReadonlySet<DialectName> = new Set(['bigquery', 'databricks']);
const escapesInNames: ReadonlySet<DialectName> = new Set(['bigquery']);

describe.each(names)('%s', (name) => {
  const dialect = builtInDialects[name];

  it.each([...hostile, ...withControls])('keeps %j inside a text', (text) => {
    expect(unquoted(dialect.expression(literal('text', text)), escapesInText.has(name))).toBe(text);
  });

  it.each(hostile.filter((text) => !text.includes('${')))('keeps %j inside a name', (text) => {
    expect(unquoted(dialect.quoteIdentifier(text), escapesInNames.has(name))).toBe(text);
  });

  it.each([...withControls, 'a\0b', '\ud800', ''])('refuses the name %j', (text) => {
    expect(() => dialect.quoteIdentifier(text)).toThrow(PlanError);
  });

  it.each(['a\0b', 'a\ud800b'])('refuses the text %j', (text) => {
    expect(() => dialect.expression(literal('text', text))).toThrow(PlanError);
  });

  it.each([
    ['integer', '1; DROP TABLE t'],
    ['integer', '1 OR 1=1'],
    ['decimal', '1.0)--'],
    ['float', "1' OR '1"],
    ['float', 'Infinity()'],
    ['boolean', 'true OR true'],
    ['date', "2024-01-31' OR '"],
    ['time', '10:00:00--'],
    ['timestamp', '2024-01-31 10:00:00\n'],
    ['timestamptz', "2024-01-31 10:00:00Z'"],
    ['uuid', "6f9619ff-8b86-d011-b42d-00c04fc964ff'"],
  ] as const)('refuses what is no %s: %j', (type, value) => {
    expect(() => dialect.expression(literal(type, value))).toThrow(expect.objectContaining({ code: 'plan/internal' }));
  });
});

describe('Spark', () => {
  it('has no variable to replace, in a text or a name', () => {
    expect(builtInDialects.databricks.expression(literal('text', '${env:HOME}'))).not.toContain('${');
    expect(() => builtInDialects.databricks.quoteIdentifier('${env:HOME}')).toThrow('Spark replaces by a variable');
  });
});

describe('DuckDB', () => {
  let duckdb: TestDuckDb;
  beforeAll(async () => {
    duckdb = await openDuckDb('CREATE TABLE t (x INTEGER)');
  });
  afterAll(() => duckdb.close());
  const { duckdb: dialect } = builtInDialects;

  it.each([...hostile, ...withControls])('gives the text %j back', async (text) => {
    expect(await duckdb.scalar(`SELECT ${dialect.expression(literal('text', text))}`)).toBe(text);
  });

  it.each(hostile)('reads the column %j', async (name) => {
    const column: ColumnExpression = { kind: 'column', name, type: { kind: 'text', native: 'VARCHAR' } };
    const condition = dialect.expression(compare(column, '=', literal('text', name)));
    const from = `(SELECT ${dialect.expression(literal('text', name))} AS ${dialect.quoteIdentifier(name)})`;
    expect(await duckdb.rows(`SELECT * FROM ${from} WHERE ${condition}`)).toEqual([{ [name]: name }]);
  });

  it.each([...hostile, ...withControls])('finds %j as a pattern of plain characters', async (text) => {
    const pattern = `^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`;
    expect(await duckdb.scalar(`SELECT ${dialect.expression(matches(literal('text', text), pattern))}`)).toBe(true);
  });

  it.each([`x' OR 1=1 --`, `'), (SELECT 1), ('`])('reads no other file than the one named %j', async (path) => {
    const sql = dialect.statement({ kind: 'rows', from: { table: { kind: 'file', path, format: 'csv' } }, limit: 1 });
    await expect(duckdb.rows(sql)).rejects.toThrow(`No files found that match the pattern "${path}"`);
  });
});
