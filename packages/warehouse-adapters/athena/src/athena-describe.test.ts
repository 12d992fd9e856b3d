import type { TableDescription, Warehouse } from '@aegis/spec';
import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optionsFor } from './__fixtures__/test-database.js';
import { athena } from './index.js';

let emulator: AthenaEmulator;
let warehouse: Warehouse;

beforeAll(async () => {
  emulator = await AthenaEmulator.open({ databases: ['kit', 'other'] });
  const run = (sql: string) => emulator.run(sql, 'kit');
  await run(`CREATE TABLE events (id bigint, price decimal(10,2), tags array(varchar), place row(lat double, city varchar),
    moment timestamp(6) with time zone, country varchar, day varchar)`);
  await run("INSERT INTO events (id, country, day) VALUES (1, 'de', '2026-01-15'), (2, 'fr', '2026-01-15')");
  await run('CREATE VIEW recent AS SELECT id, moment FROM events');
  await emulator.run('CREATE TABLE elsewhere (x integer)', 'other');
  warehouse = athena({ ...optionsFor(emulator), pollMs: 5 });
});
afterAll(async () => {
  await warehouse.close?.();
  await emulator.close();
});

const described = async (...parts: readonly string[]) => warehouse.describe?.({ kind: 'named', parts });
const typesOf = (description: TableDescription | undefined) =>
  description?.columns.map(({ name, type }) => [name, type.kind, type.native]);

const injected = { 'projection.enabled': 'true', 'projection.day.type': 'injected', 'projection.country.type': 'enum' };

describe('tables', () => {
  it('of Iceberg have the types that Athena gives them, since Glue knows no zones', async () => {
    expect(typesOf(await described('events'))).toEqual([
      ['id', 'integer', 'bigint'],
      ['price', 'decimal', 'decimal(10,2)'],
      ['tags', 'array', 'array(varchar)'],
      ['place', 'struct', 'row(lat double, city varchar)'],
      ['moment', 'timestamptz', 'timestamp(6) with time zone'],
      ['country', 'text', 'varchar'],
      ['day', 'text', 'varchar'],
    ]);
  });

  it('of other formats have those of Glue, partition keys last, without a statement', async () => {
    emulator.setTable('kit', 'events', { format: 'HIVE', partitionKeys: ['country', 'day'] });
    const before = emulator.queries.length;
    const found = await described('events');
    expect(typesOf(found)).toEqual([
      ['id', 'integer', 'bigint'],
      ['price', 'decimal', 'decimal(10,2)'],
      ['tags', 'array', 'array<string>'],
      ['place', 'struct', 'struct<lat:double,city:string>'],
      ['moment', 'timestamp', 'timestamp'],
      ['country', 'text', 'string'],
      ['day', 'text', 'string'],
    ]);
    expect(found).toMatchObject({ kind: 'table', partitionColumns: ['country', 'day'] });
    expect(found).not.toHaveProperty('requiresPartitionFilter');
    expect(emulator.queries).toHaveLength(before);
  });

  it('with injected partitions want a filter on them, and Athena says so before it reads', async () => {
    emulator.setTable('kit', 'events', { format: 'HIVE', partitionKeys: ['country', 'day'], parameters: injected });
    expect(await described('events')).toMatchObject({
      partitionColumns: ['country', 'day'],
      requiresPartitionFilter: true,
    });
    const unfiltered = warehouse.executeScalar("SELECT count(*) FROM events WHERE country = 'de'");
    await expect(unfiltered).rejects.toMatchObject({
      code: 'warehouse/unsupported',
      message: expect.stringContaining('injected projected partition column day'),
      hint: expect.stringContaining('scope.where'),
    });
    expect(await warehouse.executeScalar("SELECT count(*) FROM events WHERE day = '2026-01-15'")).toBe('2');
  });

  it('with projected partitions of other kinds want none', async () => {
    const parameters = { 'projection.enabled': 'true', 'projection.day.type': 'date' };
    emulator.setTable('kit', 'events', { format: 'HIVE', partitionKeys: ['day'], parameters });
    expect(await described('events')).not.toHaveProperty('requiresPartitionFilter');
  });

  it('of another account are described by Athena, since Glue holds a link alone', async () => {
    emulator.setTable('other', 'elsewhere', { isLink: true });
    expect(typesOf(await described('other', 'elsewhere'))).toEqual([['x', 'integer', 'integer']]);
    emulator.setTable('other', 'elsewhere', {});
  });

  it('of another data catalog are asked of it', async () => {
    expect(await described('other_catalog', 'kit', 'events')).toBeUndefined();
    expect(emulator.queries.at(-1)?.request.QueryString).toContain('"other_catalog".information_schema.columns');
  });

  it('are named with as many parts as they were asked for, in lower case', async () => {
    expect((await described('OTHER', 'Elsewhere'))?.table).toEqual({ kind: 'named', parts: ['other', 'elsewhere'] });
    expect((await described('AwsDataCatalog', 'other', 'elsewhere'))?.columns).toHaveLength(1);
  });

  it('under names that no table can have, or of a database that is none, are absent', async () => {
    expect(await described('a\nb')).toBeUndefined();
    expect(await described('nowhere', 'events')).toBeUndefined();
    expect(await described('a', 'b', 'c', 'd')).toBeUndefined();
  });

  it('are listed page by page, and those that may not be read are left out', async () => {
    for (let index = 0; index < 120; index += 1) await emulator.run(`CREATE TABLE many_${index} (x integer)`, 'other');
    emulator.forbidTable('other', 'many_7');
    const other = athena({ ...optionsFor(emulator), database: 'other' });
    const names = (await other.listTables?.())?.map((table) => table.kind === 'named' && table.parts[0]);
    expect(names).toHaveLength(120);
    expect(names).toContain('elsewhere');
    expect(names).not.toContain('many_7');
    await other.close?.();
  });

  it('that are files are none of Athena’s', async () => {
    const file = warehouse.describe?.({ kind: 'file', path: '/data/x.csv', format: 'csv' });
    await expect(file).rejects.toMatchObject({ code: 'plan/unsupported' });
  });
});

describe('views', () => {
  it('have the types that Athena keeps with them, zones included', async () => {
    const found = await described('recent');
    expect(found?.kind).toBe('view');
    expect(typesOf(found)).toEqual([
      ['id', 'integer', 'bigint'],
      ['moment', 'timestamptz', 'timestamp(6) with time zone'],
    ]);
  });
});
