import { describe, expect, it } from 'vitest';
import { openLineage } from '../node/open-lineage.js';
import { folderOf } from '../testing/folder-of.js';
import { graphOf } from '../testing/graph-of.js';
import { graphToJson } from './graph-json.js';

describe('a graph as JSON', () => {
  it('reads back as the same graph', async () => {
    const folder = await folderOf({
      'x.sql':
        'create table main.a as select id, v from b where v > 1; create table "c.d" as select * from a; drop table b;',
    });
    const { graph } = await openLineage(['x.sql'], { cwd: folder });
    const json = graphToJson(graph);
    expect(json.columns.length).toBeGreaterThan(2);
    expect(graphToJson(await graphOf(JSON.parse(JSON.stringify(json))))).toEqual(json);
  });

  it('that lacks something is taken in without it, and says so', async () => {
    const graph = await graphOf({
      schema: 'aegis.dev/lineage/v1',
      datasets: [{ id: 'a', names: [{ namespace: '', name: 'a' }] }, { id: 'b' }],
      operations: [
        { id: 'o', name: 'o', kind: 'insert', origin: 'sql', outputs: ['a', 'b'] },
        { id: 'p', kind: 'fly' },
      ],
      columns: [{ operation: 'o', from: { dataset: 'b', column: 'x' }, to: { dataset: 'a', column: 'x' } }],
    });
    expect(graph.operationsInto('a')).toHaveLength(1);
    expect(graph.problems.map(({ message }) => message)).toEqual([
      'a dataset of the graph lacks what it needs',
      'an operation of the graph lacks what it needs',
      'a column edge of the graph lacks what it needs',
    ]);
  });

  it('of another version is a problem that says where', async () => {
    const graph = await graphOf({ schema: 'aegis.dev/lineage/v9', datasets: [] });
    expect(graph.problems).toEqual([
      { place: 'source.json:1', message: 'a graph of the version aegis.dev/lineage/v9 is not known' },
    ]);
  });
});
