import { GuardError } from '@aegis/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { childNodes, loadParser, nodeFields, nodeKind, positionOf, type SqlParser } from './index.js';

let parser: SqlParser;
beforeAll(async () => {
  parser = await loadParser();
});

const errorOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('the parser', () => {
  it('is loaded once', async () => {
    expect(await loadParser()).toBe(parser);
  });

  it('makes one tree of each statement', () => {
    const trees = parser.parse('SELECT 1; DELETE FROM orders', 'duckdb');
    expect(trees.map(nodeKind)).toEqual(['select', 'delete']);
  });

  it('renders a tree, or a part of one, on one line', () => {
    const [tree = {}] = parser.parse('select a,\n  b from t where a>1', 'postgresql');
    expect(parser.render(tree, 'postgresql')).toBe('SELECT a, b FROM t WHERE a > 1');
    const [column = {}] = childNodes(nodeFields(tree));
    expect(parser.render(column, 'postgresql')).toBe('a');
  });

  it('says where in the text it failed, in lines and columns', () => {
    const error = errorOf(() => parser.parse('SELECT a\nFROM t WHERE )', 'duckdb'));
    expect(error).toBeInstanceOf(GuardError);
    expect(error).toMatchObject({ reason: 'syntax', at: { line: 2, column: 14 } });
    expect(error).toMatchObject({ message: expect.stringContaining('2:14') });
  });

  it('counts columns as editors do, also behind characters outside the basic plane', () => {
    expect(errorOf(() => parser.parse("SELECT '🎉🎉' + )", 'duckdb'))).toMatchObject({ at: { line: 1, column: 17 } });
  });

  it('refuses a grammar that it does not have, and lists those that it has', () => {
    expect(errorOf(() => parser.parse('SELECT 1', 'klingon'))).toMatchObject({
      reason: 'forbidden',
      hint: expect.stringContaining('duckdb'),
    });
  });

  it('refuses to render what is no tree', () => {
    expect(errorOf(() => parser.render({ nonsense: {} }, 'duckdb'))).toBeInstanceOf(GuardError);
  });

  it.each(['duckdb', 'postgresql', 'bigquery', 'databricks', 'trino', 'snowflake'])('knows %s', (name) => {
    expect(parser.parse('SELECT 1', name)).toHaveLength(1);
  });
});

describe('the place of an offset', () => {
  it('is its line and column, both from 1', () => {
    expect(positionOf('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
    expect(positionOf('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
  });
});
