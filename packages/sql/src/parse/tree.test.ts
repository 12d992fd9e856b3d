import { beforeAll, describe, expect, it } from 'vitest';
import { childNodes, isAbsent, isNode, loadParser, nodeFields, type SqlNode, walk } from './index.js';

let parse: (sql: string) => SqlNode;
beforeAll(async () => {
  const parser = await loadParser();
  parse = (sql) => parser.parse(sql, 'duckdb')[0] ?? {};
});

const kindsIn = (node: SqlNode): readonly string[] => {
  const kinds: string[] = [];
  walk(node, ({ kind }) => {
    kinds.push(kind);
    return undefined;
  });
  return kinds;
};

describe('walking a tree', () => {
  it('visits every node, parents first, in the order of the text', () => {
    expect(kindsIn(parse('SELECT a + 1 FROM t WHERE b IS NULL'))).toEqual([
      ...['select', 'add', 'column', 'literal', 'table', 'is_null', 'column'],
    ]);
  });

  it('finds nodes in groups, in pairs and behind choices', () => {
    const kinds = kindsIn(
      parse('SELECT CASE WHEN a THEN b END, sum(c) OVER (ORDER BY d ROWS 2 PRECEDING) FROM t JOIN s ON e GROUP BY f'),
    );
    expect(kinds.filter((kind) => kind === 'column')).toHaveLength(6);
    expect(kinds).not.toContain('Preceding');
  });

  it('skips what is inside a node when asked to', () => {
    const kinds: string[] = [];
    walk(parse('SELECT a FROM (SELECT b FROM t) x'), ({ kind }) => {
      kinds.push(kind);
      return kind === 'subquery' ? 'skip' : undefined;
    });
    expect(kinds).toEqual(['select', 'column', 'subquery']);
  });

  it('knows what is around a node', () => {
    let around: number | undefined;
    walk(parse('SELECT NOT (a)'), ({ kind, ancestors }) => {
      if (kind === 'column') around = ancestors.length;
      return undefined;
    });
    expect(around).toBe(3);
  });
});

describe('parts of a tree', () => {
  it('are nodes when one lower-case key names a kind', () => {
    expect(isNode({ eq: { left: 1, right: 2 } })).toBe(true);
    expect(isNode({ null: null })).toBe(true);
    expect(isNode({ this: { eq: {} } })).toBe(false);
    expect(isNode({ Preceding: { literal: {} } })).toBe(false);
    expect(isNode({ data_type: 'int' })).toBe(false);
    expect(isNode('eq')).toBe(false);
  });

  it('are absent when nothing was written', () => {
    expect([null, undefined, false, '', []].every(isAbsent)).toBe(true);
    expect([0, 'x', true, {}, [null]].some(isAbsent)).toBe(false);
  });

  it('are empty for NULL', () => {
    expect(nodeFields({ null: null } as unknown as SqlNode)).toEqual({});
    expect([...childNodes(nodeFields(parse('SELECT NULL')))]).toHaveLength(1);
  });
});
