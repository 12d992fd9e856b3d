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

  it('of another version is a problem that says where', async () => {
    const graph = await graphOf({ schema: 'aegis.dev/lineage/v9', datasets: [] });
    expect(graph.problems).toEqual([{ place: 'source.json:1', message: expect.stringContaining('schema') }]);
  });
});
