import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableName, Warehouse } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

const named = (...parts: string[]): TableName => ({ kind: 'named', parts });

const open = async (...statements: readonly string[]): Promise<Warehouse> => {
  const path = await seedDatabase(join(await temporaryFolder(), 'shop.duckdb'), ...statements);
  const warehouse = duckdb({ path });
  onTestFinished(() => warehouse.close?.());
  return warehouse;
};

describe('a named table', () => {
  it('has its columns in order, with types and declared nullability', async () => {
    const warehouse = await open(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, price DECIMAL(18,2) NOT NULL, sold TIMESTAMPTZ)',
    );
    expect(await warehouse.describe?.(named('t'))).toEqual({
      table: named('t'),
      kind: 'table',
      columns: [
        { name: 'id', type: { kind: 'integer', native: 'INTEGER' }, nullable: false },
        { name: 'price', type: { kind: 'decimal', native: 'DECIMAL(18,2)' }, nullable: false },
        { name: 'sold', type: { kind: 'timestamptz', native: 'TIMESTAMP WITH TIME ZONE' }, nullable: true },
      ],
    });
  });

  it('is found without case and named as the database spells it', async () => {
    const warehouse = await open(
      'CREATE TABLE "OrDers" (a INTEGER)',
      'CREATE SCHEMA "Sales"',
      'CREATE TABLE "Sales"."X" (b INTEGER)',
    );
    expect((await warehouse.describe?.(named('ORDERS')))?.table).toEqual(named('OrDers'));
    expect((await warehouse.describe?.(named('sales', 'x')))?.table).toEqual(named('shop', 'Sales', 'X'));
    expect((await warehouse.describe?.(named('SHOP', 'main', 'orders')))?.table).toEqual(
      named('shop', 'main', 'OrDers'),
    );
    expect((await warehouse.describe?.(named('shop', 'orders')))?.table).toEqual(named('shop', 'main', 'OrDers'));
  });

  it('is undefined when there is none, also when another schema has one', async () => {
    const warehouse = await open('CREATE SCHEMA s', 'CREATE TABLE s.t (a INTEGER)');
    expect(await warehouse.describe?.(named('t'))).toBeUndefined();
    expect(await warehouse.describe?.(named('nope', 't'))).toBeUndefined();
    expect(await warehouse.describe?.(named('a', 'b', 'c', 't'))).toBeUndefined();
  });

  it('is refused with the candidates when a first part means a schema and a database', async () => {
    const warehouse = await open(
      'CREATE TABLE t (a INTEGER)',
      'CREATE SCHEMA shop',
      'CREATE TABLE shop.main.t2 (a INTEGER)',
      'CREATE TABLE shop.shop.t (b INTEGER)',
    );
    await expect(warehouse.describe?.(named('Shop', 'T'))).rejects.toMatchObject({
      code: 'warehouse/not-found',
      message: 'table "Shop.T" could be shop.main.t or shop.shop.t',
    });
    expect((await warehouse.describe?.(named('shop', 'shop', 't')))?.columns).toMatchObject([{ name: 'b' }]);
  });

  it('keeps names that need quoting, and its answer can be queried', async () => {
    const name = `a"b.c'd; -- é 漢`;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const warehouse = await open(`CREATE TABLE ${quoted} (${quoted} INTEGER, "UPPER" TEXT, " " DATE)`);
    const found = await warehouse.describe?.(named(name));
    expect(found?.columns.map((column) => column.name)).toEqual([name, 'UPPER', ' ']);
    expect(
      await warehouse.executeScalar(`SELECT count(*) FROM ${warehouse.dialect.tableName(found?.table ?? named('?'))}`),
    ).toBe('0');
  });

  it('is one statement', async () => {
    const warehouse = await open('CREATE TABLE t (a INTEGER)');
    let statements = 0;
    await warehouse.describe?.(named('t'), {
      onStatement: () => {
        statements += 1;
      },
    });
    expect(statements).toBe(1);
  });
});

it('describes a view, whose nullability is unknown', async () => {
  const warehouse = await open('CREATE TABLE t (a INTEGER NOT NULL)', 'CREATE VIEW v AS SELECT a AS b FROM t');
  expect(await warehouse.describe?.(named('V'))).toEqual({
    table: named('v'),
    kind: 'view',
    columns: [{ name: 'b', type: { kind: 'integer', native: 'INTEGER' } }],
  });
});

it('describes the other tables when a view is broken', async () => {
  const warehouse = await open(
    'CREATE TABLE t (a INTEGER)',
    'CREATE TABLE u (a INTEGER)',
    'CREATE VIEW v AS FROM u',
    'DROP TABLE u',
  );
  expect((await warehouse.describe?.(named('t')))?.columns).toHaveLength(1);
});

it('lists tables and views, those of the current schema first', async () => {
  const warehouse = await open(
    'CREATE SCHEMA a',
    'CREATE TABLE a.x (i INTEGER)',
    'CREATE TABLE z (i INTEGER)',
    'CREATE VIEW b AS FROM z',
  );
  expect(await warehouse.listTables?.()).toEqual([named('b'), named('z'), named('a', 'x')]);
});

describe('a data file', () => {
  let folder: string;
  let removeFolder: () => Promise<void>;
  let warehouse: Warehouse;
  const file = (name: string, format: 'parquet' | 'csv' | 'json'): TableName => ({
    kind: 'file',
    path: join(folder, name),
    format,
  });

  beforeAll(async () => {
    folder = await temporaryFolder((remove) => {
      removeFolder = remove;
    });
    await mkdir(join(folder, 'many'));
    await seedDatabase(
      join(folder, 'seed.duckdb'),
      `COPY (SELECT 1::BIGINT AS id, 'x' AS "na.m""e", [1] AS tags) TO '${folder}/t.parquet'`,
      `COPY (SELECT 1 AS id) TO '${folder}/many/1.parquet'`,
      `COPY (SELECT 2 AS id) TO '${folder}/many/2.parquet'`,
    );
    await writeFile(join(folder, 't.csv'), 'id,"na.m""e"\n1,x\n');
    await writeFile(join(folder, 't.json'), '[{"id": 1, "name": "x"}]');
    await writeFile(join(folder, 'broken.parquet'), 'garbage garbage garbage');
    await writeFile(join(folder, 'empty.parquet'), '');
    await writeFile(join(folder, 'broken.json'), '{"a":');
    await writeFile(join(folder, 'latin1.csv'), Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0x0a]));
    for (const [name, time] of [
      ['t.parquet', 1],
      ['many/1.parquet', 3],
      ['many/2.parquet', 2],
    ] as const) {
      await utimes(join(folder, name), time, time);
    }
    warehouse = duckdb({ files: [`${folder}/`] });
  });
  afterAll(async () => {
    await warehouse.close?.();
    await removeFolder();
  });

  it('has columns and the time of its last change', async () => {
    expect(await warehouse.describe?.(file('t.parquet', 'parquet'))).toEqual({
      table: file('t.parquet', 'parquet'),
      kind: 'file',
      columns: [
        { name: 'id', type: { kind: 'integer', native: 'BIGINT' } },
        { name: 'na.m"e', type: { kind: 'text', native: 'VARCHAR' } },
        { name: 'tags', type: { kind: 'array', native: 'INTEGER[]' } },
      ],
      modifiedAt: '1970-01-01T00:00:01.000Z',
    });
  });

  it('may be CSV or JSON', async () => {
    const names = async (name: string, format: 'csv' | 'json') =>
      (await warehouse.describe?.(file(name, format)))?.columns.map((column) => column.name);
    expect(await names('t.csv', 'csv')).toEqual(['id', 'na.m"e']);
    expect(await names('t.json', 'json')).toEqual(['id', 'name']);
  });

  it('may be many files, changed when the newest was', async () => {
    const found = await warehouse.describe?.(file('many/*.parquet', 'parquet'));
    expect(found).toMatchObject({ columns: [{ name: 'id' }], modifiedAt: '1970-01-01T00:00:03Z' });
  });

  it('is undefined when it does not exist', async () => {
    expect(await warehouse.describe?.(file('nope.parquet', 'parquet'))).toBeUndefined();
    expect(await warehouse.describe?.(file('many/*.csv', 'csv'))).toBeUndefined();
  });

  it('is refused when it is a folder, with the pattern that names the files in it', async () => {
    await expect(warehouse.describe?.(file('many', 'parquet'))).rejects.toMatchObject({
      code: 'warehouse/unsupported',
      message: `${join(folder, 'many')} is a folder`,
      hint: expect.stringContaining(`${join(folder, 'many')}/*.parquet`),
    });
  });

  it.each(['/dev/null', '/dev/zero'])(
    'is refused when it is no file, whose end would be waited for: %s',
    async (path) => {
      await expect(warehouse.describe?.({ kind: 'file', path, format: 'csv' })).rejects.toMatchObject({
        code: 'warehouse/unsupported',
        message: `${path} is no regular file`,
      });
    },
  );

  it.each([
    ['broken.parquet', 'parquet'],
    ['empty.parquet', 'parquet'],
    ['broken.json', 'json'],
    ['latin1.csv', 'csv'],
    ['t.csv', 'parquet'],
  ] as const)('that cannot be read is an error that names it: %s as %s', async (name, format) => {
    await expect(warehouse.describe?.(file(name, format))).rejects.toMatchObject({
      code: 'warehouse/unsupported',
      message: expect.stringContaining(`cannot read ${join(folder, name)} as ${format}: `),
    });
  });
});
