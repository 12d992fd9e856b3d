import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/graph-builder.js';
import { tableName } from '../names/dataset-name.js';
import { openLineage } from '../node/open-lineage.js';
import { folderOf } from '../testing/folder-of.js';
import { toDot } from './dot.js';
import { toMermaid } from './mermaid.js';
import { lineageTree, type TreeNode } from './tree.js';

const graphOfSql = async (sql: string) => {
  const folder = await folderOf({ 'x.sql': sql });
  return (await openLineage(['x.sql'], { cwd: folder })).graph;
};

const sql = `create table stage as select id from raw;
create view mart as select s.id from stage s join raw r on r.id = s.id;
insert into raw select id from mart;`;

describe('a diagram', () => {
  it('is a Mermaid flowchart, from left to right', async () => {
    expect(toMermaid(await graphOfSql(sql))).toBe(
      [
        ...['flowchart LR', '  n0["stage"]', '  n1["raw"]', '  n2(["mart"])'],
        ...['  n1 --> n0', '  n0 --> n2', '  n1 --> n2', '  n2 --> n1', ''],
      ].join('\n'),
    );
  });

  it('is a Graphviz digraph', async () => {
    expect(toDot(await graphOfSql('create view mart as select id from raw;'))).toBe(
      [
        ...['digraph lineage {', '  rankdir=LR;', '  "mart" [label="mart", shape=box, style=rounded];'],
        ...['  "raw" [label="raw", shape=box];', '  "raw" -> "mart";', '}', ''],
      ].join('\n'),
    );
  });

  it('shows a part of the graph', async () => {
    const graph = await graphOfSql(sql);
    expect(toMermaid(graph, new Set(['raw', 'stage']))).toBe('flowchart LR\n  n0["stage"]\n  n1["raw"]\n  n1 --> n0\n');
  });

  it('is not broken by any name', async () => {
    const graph = await graphOfSql('create table "a""b<c>#\\d" as select id from raw;');
    expect(toMermaid(graph)).toContain('["#quot;a#quot;#quot;b#lt;c#gt;#35; d#quot;"]');
    expect(toDot(graph)).toContain('label="\\"a\\"\\"b<c>#\\\\d\\""');
  });
});

const lines = ({ name, via, mark, children }: TreeNode, indent = ''): readonly string[] => [
  `${indent}${name}${via.length > 0 ? ` (${via.join(', ')})` : ''}${mark ? ` ${mark}` : ''}`,
  ...children.flatMap((child) => lines(child, `${indent}  `)),
];

describe('a tree', () => {
  it('unfolds each dataset once, and marks cycles and what was shown before', async () => {
    const tree = lineageTree(await graphOfSql(sql), 'mart', 'upstream');
    expect(tree && lines(tree)).toEqual([
      'mart',
      '  stage (create_view mart)',
      '    raw (create_table_as stage)',
      '      mart (insert raw) cycle',
      '  raw (create_view mart) repeated',
    ]);
  });

  it('goes down as well, and as deep as is asked', async () => {
    const tree = lineageTree(await graphOfSql(sql), 'raw', 'downstream', { maxDistance: 1 });
    expect(tree && lines(tree)).toEqual([
      'raw',
      '  stage (create_table_as stage) cut',
      '  mart (create_view mart) cut',
    ]);
  });

  it('ends somewhere, however long a chain of tables is', () => {
    const builder = new GraphBuilder();
    const table = (index: number): number => builder.dataset(tableName([`t${index}`]), 'test');
    for (let index = 1; index <= 20_000; index++)
      builder.operation({
        ...{ namespace: '', name: `o${index}`, kind: 'insert', origin: 'sql' },
        ...{ inputs: [table(index - 1)], outputs: [table(index)] },
      });
    let depth = 0;
    let node = lineageTree(builder.build(), 't0', 'downstream');
    for (; node?.children[0]; node = node.children[0]) depth++;
    expect([depth, node?.mark]).toEqual([1000, 'cut']);
  });

  it('of a dataset that is not there is none', async () => {
    expect(lineageTree(await graphOfSql(sql), 'nowhere', 'upstream')).toBeUndefined();
  });
});
