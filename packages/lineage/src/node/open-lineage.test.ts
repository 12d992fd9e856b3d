import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isAegisError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { graphToJson } from '../export/graph-json.js';
import { fixtures, hasFixtures, noFixtures } from '../testing/fixtures.js';
import { folderOf } from '../testing/folder-of.js';
import { columnLines } from '../testing/graph-of.js';
import { serving } from '../testing/loopback.js';
import { openLineage } from './open-lineage.js';

const event = (name: string, from: string, to: string) => ({
  ...{
    eventType: 'COMPLETE',
    eventTime: '2026-01-01T00:00:00Z',
    run: { runId: name },
    job: { namespace: 'etl', name },
  },
  inputs: [{ namespace: 'duckdb', name: from }],
  outputs: [{ namespace: 'duckdb', name: to }],
});

describe('sources', () => {
  it('are files, gzipped ones, folders and URLs, all in one graph', async () => {
    const folder = await folderOf({
      'events/a.ndjson': JSON.stringify(event('a', 'raw', 'stage')),
      'events/readme.txt': 'x',
    });
    await writeFile(join(folder, 'b.json.gz'), gzipSync(JSON.stringify([event('b', 'stage', 'mart')])));
    await serving(
      (_request, response) => response.end(JSON.stringify(event('c', 'mart', 'report'))),
      async (url) => {
        const { graph, upstream } = await openLineage(['events', 'b.json.gz', `${url}/events`], { cwd: folder });
        expect(await upstream('report')).toEqual(['mart', 'stage', 'raw']);
        expect(graph.problems).toMatchObject([
          { place: 'events', message: expect.stringContaining('1 file '), isNote: true },
        ]);
      },
    );
  });

  it('that do not exist are an error with the one that was meant', async () => {
    const folder = await folderOf({ 'events.json': [] });
    const failed = await openLineage(['event.json'], { cwd: folder }).catch((error: unknown) => error);
    expect(isAegisError(failed) && failed.display).toBe(
      'the source of lineage event.json does not exist\n  Did you mean "events.json"?',
    );
  });

  it.each(['/lineage', ''])('do not keep the others away when a server is down: http://server%s', async (path) => {
    let down = '';
    await serving(
      () => undefined,
      async (url) => {
        down = url;
      },
    );
    const folder = await folderOf({ 'a.json': event('a', 'raw', 'mart') });
    const { unreadable, upstream } = await openLineage([`${down}${path}`, 'a.json'], { cwd: folder });
    expect(unreadable).toEqual([expect.stringContaining('refused the connection')]);
    expect(await upstream('mart')).toEqual(['raw']);
  });

  it('with a port that no HTTP client asks say so', async () => {
    const { unreadable } = await openLineage(['http://127.0.0.1:9/events']);
    expect(unreadable).toEqual(['http://127.0.0.1:9/events has a port that HTTP does not use']);
  });

  it('that send in circles say so', async () => {
    await serving(
      (_request, response) => response.writeHead(302, { location: '/again' }).end(),
      async (url) => {
        const { unreadable } = await openLineage([`${url}/again`]);
        expect(unreadable).toEqual([expect.stringContaining('from one address to the next without end')]);
      },
    );
  });

  it('with SQL that does not say enough for columns say so', async () => {
    const facets = { sql: { query: 'SELECT 1' } };
    const told = event('a', 'raw', 'mart');
    const folder = await folderOf({
      'a.json': [
        { ...told, outputs: [], job: { namespace: 'etl', name: 'nothing out', facets } },
        {
          ...told,
          job: { namespace: 'etl', name: 'no dialect', facets },
          inputs: [],
          outputs: [{ namespace: 'place', name: 'x' }],
        },
      ],
    });
    const { graph } = await openLineage(['a.json'], { cwd: folder });
    expect(graph.problems).toEqual([
      { place: 'lineage', message: 'the SQL of 1 job without outputs is not read for columns', isNote: true },
      { place: 'lineage', message: 'the SQL of 1 job without a dialect is not read for columns', isNote: true },
    ]);
  });

  it('never show their secrets', async () => {
    await serving(
      (request, response) => {
        response.statusCode = request.headers.authorization === `Basic ${btoa('ann:s3cret')}` ? 404 : 401;
        response.end();
      },
      async (url) => {
        const secret = `${url.replace('//', '//ann:s3cret@')}/x?api_key=hunter2&page=1`;
        const { unreadable, graph } = await openLineage([secret]);
        expect(unreadable).toEqual([expect.stringContaining('answered 404')]);
        expect(JSON.stringify([unreadable, graph.problems])).not.toMatch(/s3cret|hunter2/);
      },
    );
  });

  it('that are slow are given up', async () => {
    await serving(
      () => undefined,
      async (url) => {
        const { unreadable } = await openLineage([`${url}/x`], { http: { timeoutMs: 50 } });
        expect(unreadable).toEqual([expect.stringContaining('did not answer in time')]);
      },
    );
  });

  it('may take longer than the time-out as long as something comes, and keep what came before they stall', async () => {
    const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
      (name) => `${JSON.stringify(event(name, name, `${name}2`))}\n`,
    );
    await serving(
      async (request, response) => {
        for (const line of lines) {
          response.write(line);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        if (request.url === '/whole') response.end();
      },
      async (url) => {
        const options = { http: { timeoutMs: 300 } };
        expect((await openLineage([`${url}/whole`], options)).unreadable).toEqual([]);
        const { unreadable, graph } = await openLineage([`${url}/stalls`], options);
        expect(unreadable).toEqual([expect.stringContaining('did not answer in time')]);
        expect(graph.operationCount).toBe(7);
      },
    );
  });

  it('that hold nothing are a problem', async () => {
    const folder = await folderOf({ 'empty.json': '', 'empty/x.txt': '' });
    const { graph } = await openLineage(['empty.json', 'empty'], { cwd: folder });
    expect(graph.problems.map(({ message }) => message)).toEqual([
      'is empty',
      '1 file without lineage of its own is left out',
      'the folder holds no JSON and no SQL',
    ]);
  });
});

describe('SQL files', () => {
  it('give tables, views and columns, also over files in the wrong order', async () => {
    const folder = await folderOf({
      'a_mart.sql': 'create view mart as select * from stage where status = 1;',
      'b_stage.sql':
        'create table raw as select 1 as id, 2 as status; create table stage as select id, status from raw; select 1;',
      'broken.sql': 'create tabel x as selec',
    });
    const { graph } = await openLineage(['.'], { cwd: folder });
    expect(graph.dataset('mart')).toMatchObject({ kind: 'view', columns: [{ name: 'id' }, { name: 'status' }] });
    expect(columnLines(graph)).toEqual(
      expect.arrayContaining(['stage.id > mart.id DIRECT IDENTITY', 'stage.status > mart.* INDIRECT FILTER']),
    );
    expect(graph.problems.map(({ place }) => place)).toEqual(['b_stage.sql', 'broken.sql']);
  });

  it('say in their order what is dropped, made again and made twice', async () => {
    const folder = await folderOf({
      'x.sql':
        'drop table if exists a; create table a as select 1 as id; insert into a select id from b; insert into a select id from c; drop table c;',
    });
    const { graph } = await openLineage(['x.sql'], { cwd: folder });
    expect(graph.operationsInto('a').map(({ name }) => name)).toEqual(['create_table_as a', 'insert a', 'insert a 2']);
    expect(graph.datasets.filter(({ isDropped }) => isDropped).map(({ id }) => id)).toEqual(['c']);
  });

  it('of views that read each other end', async () => {
    const folder = await folderOf({ 'x.sql': 'create view a as select * from b; create view b as select * from a;' });
    const { upstream } = await openLineage(['x.sql'], { cwd: folder });
    expect(await upstream('a')).toEqual(['b']);
  });
});

describe('files of other projects', () => {
  it('are there to be imported', ({ skip }) => {
    if (!hasFixtures) skip(noFixtures);
    expect(fixtures('openlineage', () => true).length).toBeGreaterThan(0);
  });

  it.each(fixtures('openlineage', (name) => !name.startsWith('spec-')))('are imported whole: %s', async (file) => {
    const { graph } = await openLineage([file]);
    expect(graph.operationCount).toBeGreaterThan(0);
    const dropped = graph.problems.filter(
      ({ isNote, message }) => !isNote && !message.includes('its order is not known'),
    );
    expect(dropped).toEqual([]);
    const back = graphToJson(graph);
    expect(back.columns).toHaveLength(graph.columnEdgeCount);
  });

  it.each(fixtures('dbt', () => true))('are imported whole: %s', async (file) => {
    const { graph } = await openLineage([file]);
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    const nodes = Object.entries<{ resource_type: string; config: { materialized?: string } }>({
      ...manifest.nodes,
      ...manifest.sources,
    });
    const tables = nodes.filter(
      ([, node]) =>
        ['model', 'seed', 'snapshot', 'source'].includes(node.resource_type) &&
        node.config.materialized !== 'ephemeral',
    );
    for (const [id] of tables) expect(graph.resolve(id).kind).toBe('found');
    expect(graph.columnEdgeCount).toBeGreaterThan(20);
    for (const { message, isNote } of graph.problems) if (!isNote) expect(message).toContain('run dbt compile');
  });
});
