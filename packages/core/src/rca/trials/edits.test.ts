import { loadParser, type SqlNode } from '@aegis/sql/parse';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Edit, Editing } from './edit.js';
import { exchangeEdits } from './exchange-edits.js';
import { expressionEdits } from './expression-edits.js';
import { filterEdits } from './filter-edits.js';
import { joinEdits } from './join-edits.js';
import { keepingEdits } from './keeping-edits.js';
import { windowEdits } from './window-edits.js';

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

  it('keeps rows for which an inner join finds nothing', () => {
    const edits = keepingEdits(
      parse('SELECT 1 FROM orders AS o JOIN customers AS c ON o.id = c.id LEFT JOIN days USING (day) CROSS JOIN zones'),
    );
    expect(edits.map(({ before, after }) => [before, after])).toEqual([
      ['JOIN customers AS c', 'LEFT JOIN customers AS c'],
    ]);
  });

  it('keeps one row of each key by fewer columns, or by another key', () => {
    const numbered = (by: string) =>
      `SELECT id FROM (SELECT o.*, ROW_NUMBER() OVER (PARTITION BY ${by} ORDER BY day DESC) AS rn FROM orders AS o) AS r WHERE rn = 1`;
    expect(afters(windowEdits(parse(numbered('o.id, o.day'))))).toEqual([
      'ROW_NUMBER() OVER (PARTITION BY o.day ORDER BY day DESC)',
      'ROW_NUMBER() OVER (PARTITION BY o.id ORDER BY day DESC)',
      'ROW_NUMBER() OVER (PARTITION BY o.customer_id ORDER BY day DESC)',
    ]);
    expect(afters(windowEdits(parse(numbered('customer_id'))))).toEqual([
      'ROW_NUMBER() OVER (PARTITION BY id ORDER BY day DESC)',
    ]);
    expect(windowEdits(parse(numbered('lower(id)')))).toEqual([]);
  });

  it('has other windows as they are', () => {
    expect(windowEdits(parse('SELECT SUM(a) OVER (PARTITION BY id, day) AS x FROM o'))).toEqual([]);
  });

  it('has two columns back in their places', () => {
    const edits = exchangeEdits(parse('SELECT b AS a, a AS b, c AS d FROM t'));
    expect(afters(edits)).toEqual(['a AS a, b AS b']);
  });
});
