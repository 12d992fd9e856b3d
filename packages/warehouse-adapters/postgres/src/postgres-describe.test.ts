import type { TableName, Warehouse } from '@aegis/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newDatabase, seedDatabase } from './__fixtures__/test-database.js';
import { type PostgresOptions, postgres } from './index.js';

const named = (...parts: string[]): TableName => ({ kind: 'named', parts });

const url = await newDatabase();
const database = new URL(url).pathname.slice(1);
const opened: Warehouse[] = [];
const open = (options: PostgresOptions = {}): Warehouse => {
  const warehouse = postgres({ url, ...options });
  opened.push(warehouse);
  return warehouse;
};
const warehouse = open();

beforeAll(() =>
  seedDatabase(
    url,
    "CREATE TYPE mood AS ENUM ('sad', 'ok')",
    'CREATE DOMAIN price AS numeric(18,2) NOT NULL',
    'CREATE TABLE t (id int PRIMARY KEY, p price, m mood, tags text[], gone int, at timestamptz(3))',
    'ALTER TABLE t DROP COLUMN gone',
    'CREATE VIEW v AS SELECT id AS a FROM t',
    'CREATE MATERIALIZED VIEW mv AS SELECT id AS a FROM t',
    'CREATE FOREIGN DATA WRAPPER elsewhere',
    'CREATE SERVER far FOREIGN DATA WRAPPER elsewhere',
    'CREATE FOREIGN TABLE abroad (a int NOT NULL) SERVER far',
    'CREATE TABLE parts (d date NOT NULL) PARTITION BY RANGE (d)',
    "CREATE TABLE parts_2026 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    'CREATE TABLE sliced (a int, "B" text, c int) PARTITION BY HASH ("B", c, (a + 1))',
    'CREATE TYPE address AS (street text, city text)',
    'CREATE TABLE homes (home address, others address[])',
    'CREATE TABLE "Twice" (a int)',
    'CREATE TABLE twice (b int)',
    'CREATE TABLE "Orders" (c int)',
    'CREATE TABLE nothing ()',
    'CREATE SCHEMA "Sales"',
    'CREATE TABLE "Sales"."Orders" (d int)',
    'CREATE TABLE "Sales".only_here (e int)',
    'CREATE TABLE "we""ird.n\'ame" ("a""b" int, "é.漢" int)',
  ),
);
afterAll(async () => {
  for (const each of opened) await each.close?.();
});

it('has columns in order with types and enforced nullability; a domain is its base type', async () => {
  expect(await warehouse.describe?.(named('t'))).toEqual({
    table: named('t'),
    kind: 'table',
    columns: [
      { name: 'id', type: { kind: 'integer', native: 'integer' }, nullable: false },
      { name: 'p', type: { kind: 'decimal', native: 'numeric(18,2)' }, nullable: false },
      { name: 'm', type: { kind: 'text', native: 'enum mood' }, nullable: true },
      { name: 'tags', type: { kind: 'array', native: 'text[]' }, nullable: true },
      { name: 'at', type: { kind: 'timestamptz', native: 'timestamp(3) with time zone' }, nullable: true },
    ],
  });
});

it('knows views, materialised views, partitioned tables and tables without columns', async () => {
  expect(await warehouse.describe?.(named('v'))).toMatchObject({ kind: 'view', columns: [{ name: 'a' }] });
  expect(await warehouse.describe?.(named('mv'))).toMatchObject({ kind: 'view', columns: [{ name: 'a' }] });
  expect(await warehouse.describe?.(named('parts'))).toMatchObject({ kind: 'table', columns: [{ name: 'd' }] });
  expect(await warehouse.describe?.(named('nothing'))).toMatchObject({ kind: 'table', columns: [] });
});

it('takes a foreign table for a view: no constraint of it is enforced', async () => {
  expect(await warehouse.describe?.(named('abroad'))).toEqual({
    ...{ table: named('abroad'), kind: 'view' },
    columns: [{ name: 'a', type: { kind: 'integer', native: 'integer' } }],
  });
});

it('knows the columns that partition a table, expressions left out', async () => {
  expect((await warehouse.describe?.(named('parts')))?.partitionColumns).toEqual(['d']);
  expect((await warehouse.describe?.(named('sliced')))?.partitionColumns).toEqual(['B', 'c']);
  expect((await warehouse.describe?.(named('t')))?.partitionColumns).toBeUndefined();
});

it('tells composites from what it does not know', async () => {
  expect((await warehouse.describe?.(named('homes')))?.columns).toMatchObject([
    { name: 'home', type: { kind: 'struct', native: 'struct address' } },
    { name: 'others', type: { kind: 'array' } },
  ]);
});

it('finds a name exactly, else without case when that is unique', async () => {
  expect((await warehouse.describe?.(named('twice')))?.columns).toMatchObject([{ name: 'b' }]);
  expect((await warehouse.describe?.(named('Twice')))?.columns).toMatchObject([{ name: 'a' }]);
  expect((await warehouse.describe?.(named('ORDERS')))?.table).toEqual(named('Orders'));
  expect((await warehouse.describe?.(named('sales', 'orders')))?.table).toEqual(named('Sales', 'Orders'));
  expect((await warehouse.describe?.(named(database.toUpperCase(), 'sales', 'orders')))?.table).toEqual(
    named(database, 'Sales', 'Orders'),
  );
  await expect(warehouse.describe?.(named('TWICE'))).rejects.toMatchObject({
    code: 'warehouse/not-found',
    message: expect.stringMatching(
      /"TWICE" could be .*\.public\.(Twice or .*\.public\.twice|twice or .*\.public\.Twice)/,
    ),
  });
});

it('is undefined for what does not exist or is not on the search path', async () => {
  expect(await warehouse.describe?.(named('only_here'))).toBeUndefined();
  expect(await warehouse.describe?.(named('nope', 't'))).toBeUndefined();
  expect(await warehouse.describe?.(named('other_database', 'public', 't'))).toBeUndefined();
  expect(await warehouse.describe?.(named('a', 'b', 'c', 't'))).toBeUndefined();
});

it('looks for names without a schema in the configured one', async () => {
  const sales = open({ schema: 'Sales' });
  expect((await sales.describe?.(named('only_here')))?.columns).toMatchObject([{ name: 'e' }]);
  expect(await sales.executeScalar('SELECT count(*) FROM only_here')).toBe('0');
});

it('keeps names that need quoting, and its answer can be queried', async () => {
  const found = await warehouse.describe?.(named(`WE"ird.n'ame`));
  expect(found?.columns.map(({ name }) => name)).toEqual(['a"b', 'é.漢']);
  expect(
    await warehouse.executeScalar(`SELECT count(*) FROM ${warehouse.dialect.tableName(found?.table ?? named('?'))}`),
  ).toBe('0');
});

it('refuses data files with advice', async () => {
  await expect(
    warehouse.describe?.({ kind: 'file', path: '/data/orders.parquet', format: 'parquet' }),
  ).rejects.toMatchObject({ code: 'plan/unsupported', hint: expect.stringContaining('duckdb') });
});

it('lists relations, those of the search path first, partitions left out', async () => {
  const listed = (await warehouse.listTables?.())?.map((table) =>
    table.kind === 'named' ? table.parts.join('.') : '',
  );
  expect(listed).toEqual(
    expect.arrayContaining(['t', 'v', 'mv', 'parts', 'Twice', 'twice', 'Orders', 'Sales.Orders', 'Sales.only_here']),
  );
  expect(listed).not.toContain('parts_2026');
  expect(listed?.at(-1)).toMatch(/^Sales\./);
});
