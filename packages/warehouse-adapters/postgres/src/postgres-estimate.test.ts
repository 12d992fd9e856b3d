import { afterAll, beforeAll, expect, it } from 'vitest';
import { newDatabase, seedDatabase } from './__fixtures__/test-database.js';
import { postgres } from './index.js';

const url = await newDatabase();
const warehouse = postgres({ url });
beforeAll(() =>
  seedDatabase(
    url,
    'CREATE TABLE big AS SELECT x, repeat(md5(x::text), 10) AS pad FROM generate_series(1, 10000) AS x',
    'CREATE INDEX ON big (x)',
    'CREATE VIEW v AS SELECT x FROM big',
    'CREATE TABLE parts (d date NOT NULL, pad text) PARTITION BY RANGE (d)',
    ...[2025, 2026].flatMap((year) => [
      `CREATE TABLE parts_${year} PARTITION OF parts FOR VALUES FROM ('${year}-01-01') TO ('${year + 1}-01-01')`,
      `INSERT INTO parts SELECT '${year}-05-05', 'x' FROM generate_series(1, 5000)`,
    ]),
    'CREATE SCHEMA "Odd.One"',
    `CREATE TABLE "Odd.One"."it's ""it""" AS SELECT generate_series(1, 1000) AS x`,
    'ANALYZE',
  ),
);
afterAll(() => warehouse.close?.());

const bytesOf = async (sql: string) => (await warehouse.estimate?.(sql))?.bytes;
const sizeOf = async (table: string) => Number(await warehouse.executeScalar(`SELECT pg_table_size('${table}')`));

it('is the size of what is scanned, and no money', async () => {
  const size = await sizeOf('big');
  expect(size).toBeGreaterThan(3_000_000);
  expect(await warehouse.estimate?.('SELECT count(*) FROM big')).toEqual({ bytes: size });
  expect(await bytesOf('SELECT count(*) FROM v')).toBe(size);
});

it('counts a table that is scanned twice twice, and one that an index finds as a whole', async () => {
  const size = await sizeOf('big');
  expect(await bytesOf('SELECT count(*) FROM big AS a JOIN big AS b ON a.x = b.x + 1')).toBe(2 * size);
  expect(await bytesOf('SELECT pad FROM big WHERE x = 5')).toBe(size);
});

it('leaves out partitions that a filter rules out', async () => {
  const [older, newer] = [await sizeOf('parts_2025'), await sizeOf('parts_2026')];
  expect(await bytesOf('SELECT count(*) FROM parts')).toBe(older + newer);
  expect(await bytesOf("SELECT count(*) FROM parts WHERE d >= '2026-01-01'")).toBe(newer);
});

it('is nothing for a statement that reads no table', async () => {
  expect(await bytesOf('SELECT 1')).toBe(0);
});

it('finds tables whose names need quoting', async () => {
  expect(await bytesOf(`SELECT count(*) FROM "Odd.One"."it's ""it"""`)).toBeGreaterThan(0);
});

it('runs nothing: neither the statement nor a second one', async () => {
  expect(await bytesOf('SELECT pg_sleep(600)')).toBe(0);
  await expect(warehouse.estimate?.('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: 'warehouse/syntax' });
  await expect(warehouse.estimate?.('SELECT nope FROM big')).rejects.toMatchObject({ code: 'warehouse/not-found' });
});

it('says nothing about tables of other servers', async () => {
  await seedDatabase(
    url,
    'CREATE EXTENSION file_fdw',
    'CREATE SERVER files FOREIGN DATA WRAPPER file_fdw',
    "CREATE FOREIGN TABLE elsewhere (a text) SERVER files OPTIONS (filename '/dev/null')",
  );
  expect(await warehouse.estimate?.('SELECT count(*) FROM elsewhere')).toEqual({});
});
