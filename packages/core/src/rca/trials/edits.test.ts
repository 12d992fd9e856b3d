import { loadParser, type SqlNode } from '@aegis/sql/parse';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Edit, Editing } from './edit.js';
import { exchangeEdits } from './exchange-edits.js';
import { expressionEdits } from './expression-edits.js';
import { filterEdits } from './filter-edits.js';
import { joinEdits } from './join-edits.js';

let parse: (sql: string) => Editing;

beforeAll(async () => {
  const parser = await loadParser();
  const render = (node: SqlNode) => parser.render(node, 'duckdb');
  parse = (sql) => {
    const [query] = parser.parse(sql, 'duckdb');
    if (!query) throw new Error('no statement');
    const columnsOf = (alias: string) => ({ o: ['id', 'customer_id', 'day'], c: ['customer_id', 'day'] })[alias] ?? [];
    return { query, render, relevant: undefined, columnsOf };
  };
});

const afters = (edits: readonly Edit[]) => edits.map(({ after }) => after);

describe('a step without one of its parts', () => {
  it('lacks a factor, an offset, a branch or a function around a value', () => {
    const edits = expressionEdits(
      parse("SELECT a * 100 AS x, CASE WHEN m = 'DE' THEN NULL ELSE b END AS y, TRUNC(c) AS z FROM t"),
    );
    expect(afters(edits)).toEqual(['a', 'b', 'c']);
  });

  it('keeps aggregates and the functions of windows, which make another number of rows', () => {
    expect(expressionEdits(parse('SELECT SUM(a) AS x, LAG(b) OVER (ORDER BY c) AS y FROM t'))).toEqual([]);
  });

  it('has a filter the other way round, a written negation first', () => {
    const edits = filterEdits(parse("SELECT a FROM t WHERE NOT (s = 'x') AND b > 1"));
    expect(edits.map(({ after, rank }) => [after, rank])).toEqual([
      ["s = 'x'", 0],
      ['NOT (b > 1)', 5],
    ]);
  });

  it('joins by keys of one name, and by all that both sides have', () => {
    const edits = joinEdits(parse('SELECT o.id FROM orders AS o JOIN customers AS c ON o.id = c.customer_id'));
    expect(afters(edits)[0]).toBe('o.customer_id = c.customer_id');
    expect(afters(edits)[1]).toContain('o.day = c.day');
  });

  it('has two columns back in their places', () => {
    const edits = exchangeEdits(parse('SELECT b AS a, a AS b, c AS d FROM t'));
    expect(afters(edits)).toEqual(['a AS a, b AS b']);
  });
});
