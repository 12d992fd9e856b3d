import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLineage } from '@aegis/lineage/node';
import { LineageToolbox } from '@aegis/lineage-ai';
import type { Warehouse } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { postgres } from '@aegis/warehouse-postgres';
import pg from 'pg';
import { describe, expect, inject, onTestFinished } from 'vitest';
import { folderWith, seedDatabase } from '../cli/project.js';
import { scenario } from '../scenario.js';

const etl = 'CREATE TABLE public.paid AS SELECT id, cents FROM public.orders;';

const tables = [
  'CREATE TABLE public.orders (id INTEGER, cents INTEGER)',
  'INSERT INTO public.orders SELECT i, i * 100 FROM generate_series(1, 2000) t(i)',
  'CREATE TABLE public.paid AS SELECT id, cents FROM public.orders',
  'CREATE TABLE public.secret (word VARCHAR)',
  "INSERT INTO public.secret VALUES ('hunter2')",
];

const onPostgres = async (): Promise<Warehouse> => {
  const url = await (await fetch(`${inject('testServersUrl')}/postgres`)).text();
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of tables) await client.query(statement);
  await client.end();
  return postgres({ url });
};

const onDuckDb = async (): Promise<Warehouse> => {
  const path = join(await folderWith(), 'shop.duckdb');
  await seedDatabase(path, 'CREATE SCHEMA public', ...tables);
  return duckdb({ path, isolated: true, memoryLimit: '256MB' });
};

const open = async (start: () => Promise<Warehouse>, timeoutMs = 30_000) => {
  const cwd = await folderWith();
  await writeFile(join(cwd, 'etl.sql'), etl);
  const warehouse = await start();
  onTestFinished(() => warehouse.close?.());
  const { graph } = await openLineage(['etl.sql'], { cwd, parserName: warehouse.dialect.parserName });
  const patient = new LineageToolbox(graph, { warehouse });
  return { warehouse, patient, toolbox: new LineageToolbox(graph, { warehouse, limits: { timeoutMs } }) };
};

const engines = [
  ['PostgreSQL', onPostgres],
  ['DuckDB', onDuckDb],
] as const;

describe.each(engines)('tools on %s', (engine, start) => {
  scenario('lineage-ai/contained', `read tables of the graph, and nothing else (${engine})`, async () => {
    const { toolbox } = await open(start);
    const read = await toolbox.queryTable(
      'SELECT count(*) AS n FROM public.paid p JOIN public.orders o ON o.id = p.id',
    );
    expect(read).toMatchObject({
      ok: true,
      value: { rows: [{ n: '2000' }], tables: ['public.paid', 'public.orders'] },
    });
    expect(await toolbox.sampleTable('paid', 3, 'cents > 199900')).toMatchObject({
      ok: true,
      value: { rows: [{ id: 2000 }] },
    });
    expect(await toolbox.getColumnStats('orders')).toMatchObject({
      ok: true,
      value: { rows: '2000', columns: [{ name: 'id', min: 1, max: 2000 }, { name: 'cents' }] },
    });
    expect(await toolbox.traceRow('paid', { id: 7 })).toMatchObject({
      ok: true,
      value: { found: [{ table: 'public.paid' }, { table: 'public.orders', rows: [{ id: 7, cents: 700 }] }] },
    });
    for (const sql of ['SELECT * FROM public.secret', 'SELECT * FROM secret', 'SELECT * FROM pg_catalog.pg_class'])
      expect(await toolbox.queryTable(sql)).toMatchObject({ ok: false, error: { kind: 'out_of_scope' } });
  });

  scenario('lineage-ai/contained', `end a query that takes too long (${engine})`, async () => {
    const { toolbox, patient } = await open(start, 150);
    const sql =
      'SELECT count(*) AS n FROM public.orders a, public.orders b, public.orders c WHERE a.cents + b.cents > c.cents';
    expect(await toolbox.queryTable(sql)).toMatchObject({ ok: false, error: { kind: 'failed' } });
    if (engine === 'DuckDB') {
      const inOneCall = "SELECT levenshtein(repeat('a', 90000 + id), repeat('b', 90000)) AS n FROM public.orders";
      expect(await toolbox.queryTable(inOneCall)).toMatchObject({
        error: { kind: 'failed', message: expect.stringContaining('took longer than 150 ms') },
      });
    }
    expect(await patient.queryTable('SELECT 1 AS one FROM public.paid', 1)).toMatchObject({ ok: true });
  });

  scenario('lineage-ai/contained', `bound what functions make in memory (${engine})`, async () => {
    const { toolbox } = await open(start);
    const large = [
      "SELECT repeat('x', 90000000 + id) AS x FROM public.orders WHERE id <= 10",
      "SELECT id, repeat('x', 600000000) AS x FROM public.orders WHERE id = 1",
      ...(engine === 'DuckDB' ? ['SELECT len(range(400000000 + id)) AS n FROM public.orders WHERE id <= 8'] : []),
    ];
    for (const sql of large) {
      const before = process.memoryUsage().rss;
      const read = await toolbox.queryTable(sql, 50);
      if (read.ok) expect(read.value, sql).toMatchObject({ rows: [], truncated: 'bytes' });
      else
        expect(read.error, sql).toMatchObject({
          kind: 'failed',
          message: expect.stringMatching(/memory|larger than/i),
        });
      expect(process.memoryUsage().rss - before, sql).toBeLessThan(1_000_000_000);
      expect(await toolbox.queryTable('SELECT 1 AS one FROM public.paid', 1)).toMatchObject({ ok: true });
    }
  });

  scenario(
    'lineage-ai/contained',
    `have a connection that writes nothing, whatever the guard let by (${engine})`,
    async () => {
      const { warehouse, toolbox } = await open(start);
      const outside =
        engine === 'DuckDB' ? ["SELECT * FROM read_text('/etc/hostname')", 'SET enable_external_access = true'] : [];
      for (const sql of ['DELETE FROM public.orders', 'CREATE TABLE public.mine (id INTEGER)', ...outside])
        await expect(warehouse.executeSample(sql, 1)).rejects.toMatchObject({
          code: expect.stringMatching(/^warehouse\//),
        });
      expect(await toolbox.queryTable('SELECT count(*) AS n FROM public.orders')).toMatchObject({
        ok: true,
        value: { rows: [{ n: '2000' }] },
      });
    },
  );
});
