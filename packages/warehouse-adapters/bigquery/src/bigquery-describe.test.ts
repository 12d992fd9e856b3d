import type { Warehouse } from '@aegis/spec';
import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optionsFor } from './__fixtures__/test-project.js';
import { bigquery } from './index.js';

let emulator: BigQueryEmulator;
let warehouse: Warehouse;

beforeAll(async () => {
  emulator = await BigQueryEmulator.open({ datasets: ['kit', 'Other'] });
  await emulator.run(
    'CREATE TABLE kit.nested (id INT64, price NUMERIC(10, 2), exact BIGNUMERIC(38, 10), at DATETIME, seen TIMESTAMP, ' +
      'tags ARRAY<STRING>, line STRUCT<sku STRING, sizes ARRAY<FLOAT64>>, doc JSON, raw BYTES)',
  );
  for (const table of ['ingested', 'cut', 'ranged', 'waiting', 'policed', 'plain', 'Plain2', 'plaIn2'])
    await emulator.run(`CREATE TABLE kit.\`${table}\` (n INT64, day DATE)`).catch(() => {});
  await emulator.run('INSERT INTO kit.plain VALUES (1, NULL), (2, NULL)');
  await emulator.run('CREATE VIEW kit.seen AS SELECT n FROM kit.plain');
  await emulator.run('CREATE TABLE Other.elsewhere (n INT64)');
  emulator.setTable('kit', 'ingested', { timePartitioning: { type: 'DAY' }, requirePartitionFilter: true });
  emulator.setTable('kit', 'cut', {
    timePartitioning: { type: 'MONTH', field: 'day' },
    clustering: { fields: ['n'] },
  });
  emulator.setTable('kit', 'ranged', { rangePartitioning: { field: 'n' } });
  emulator.setTable('kit', 'waiting', { streamingBuffer: { estimatedRows: '3' } });
  emulator.setRowAccessPolicies('kit', 'policed', ['own_region']);
  warehouse = bigquery(optionsFor(emulator));
});

afterAll(async () => {
  await warehouse.close?.();
  await emulator.close();
});

const described = (...parts: string[]) => warehouse.describe?.({ kind: 'named', parts });
const statisticsOf = (table: string) => warehouse.statistics?.({ kind: 'named', parts: [table] });

describe('descriptions', () => {
  it('spell types as GoogleSQL does, nested ones too', async () => {
    const found = await described('nested');
    expect(found?.columns.map(({ name, type }) => [name, type.native, type.kind])).toEqual([
      ['id', 'INT64', 'integer'],
      ['price', 'NUMERIC(10, 2)', 'decimal'],
      ['exact', 'BIGNUMERIC(38, 10)', 'decimal'],
      ['at', 'DATETIME', 'timestamp'],
      ['seen', 'TIMESTAMP', 'timestamptz'],
      ['tags', 'ARRAY<STRING>', 'array'],
      ['line', 'STRUCT<sku STRING, sizes ARRAY<FLOAT64>>', 'struct'],
      ['doc', 'JSON', 'json'],
      ['raw', 'BYTES', 'bytes'],
    ]);
  });

  it('name the columns that tables are cut and clustered by', async () => {
    expect(await described('cut')).toMatchObject({ partitionColumns: ['day'], clusteringColumns: ['n'] });
    expect(await described('ranged')).toMatchObject({ partitionColumns: ['n'] });
    expect((await described('cut'))?.requiresPartitionFilter).toBeUndefined();
  });

  it('of tables cut by the time of loading have the columns that nobody declared', async () => {
    const found = await described('ingested');
    expect(found).toMatchObject({
      partitionColumns: ['_PARTITIONTIME', '_PARTITIONDATE'],
      requiresPartitionFilter: true,
    });
    expect(found?.columns.map(({ name }) => name)).toEqual(['n', 'day', '_PARTITIONTIME', '_PARTITIONDATE']);
  });

  it('tell views from tables, and when tables changed', async () => {
    expect(await described('seen')).toMatchObject({ kind: 'view', columns: [{ name: 'n' }] });
    const { modifiedAt } = (await described('plain')) ?? {};
    expect(Math.abs(Date.now() - Date.parse(String(modifiedAt)))).toBeLessThan(60_000);
  });

  it('find names without case, in the dataset too, and keep as many parts as were asked for', async () => {
    expect((await described('PLAIN'))?.table).toEqual({ kind: 'named', parts: ['plain'] });
    expect((await described('other', 'ELSEWHERE'))?.table).toEqual({ kind: 'named', parts: ['Other', 'elsewhere'] });
    const whole = [emulator.project, 'kit', 'plain'];
    expect((await described(...whole))?.table).toEqual({ kind: 'named', parts: whole });
    expect(await described('no_such_project', 'kit', 'plain')).toBeUndefined();
    expect(await described('a', 'b', 'c', 'd')).toBeUndefined();
  });

  it('need a dataset', async () => {
    const { dataset, ...options } = optionsFor(emulator);
    const other = bigquery(options);
    const error = await other.describe?.({ kind: 'named', parts: ['plain'] }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'warehouse/not-found', hint: expect.stringContaining('dataset') });
    const tables = await other.listTables?.();
    expect(tables).toContainEqual({ kind: 'named', parts: ['Other', 'elsewhere'] });
    expect(tables).toContainEqual({ kind: 'named', parts: [String(dataset), 'plain'] });
    await other.close?.();
  });

  it('refuse data files', async () => {
    const file = { kind: 'file', path: '/a.parquet', format: 'parquet' } as const;
    await expect(warehouse.describe?.(file)).rejects.toMatchObject({ code: 'plan/unsupported' });
  });

  it('list the tables of a dataset over several pages', async () => {
    emulator.setPageRows(2);
    const names = ((await warehouse.listTables?.()) ?? []).map((table) =>
      table.kind === 'named' ? table.parts[0] : '',
    );
    emulator.setPageRows(1_000);
    expect(names).toEqual(expect.arrayContaining(['cut', 'ingested', 'nested', 'plain', 'seen']));
  });
});

describe('statistics', () => {
  it('are the rows of a table whose metadata are exact', async () => {
    expect(await statisticsOf('plain')).toEqual({ rowCount: '2', columns: {}, source: 'table metadata' });
  });

  it('are unknown of views, streamed tables, tables whose rows may be hidden, and of none at all', async () => {
    for (const table of ['seen', 'waiting', 'policed', 'no_such_table'])
      expect(await statisticsOf(table), table).toBeUndefined();
  });

  it('are unknown to who may not see the policies', async () => {
    emulator.throttle({ times: 1, on: /rowAccessPolicies/ }, 'accessDenied');
    expect(await statisticsOf('plain')).toBeUndefined();
  });
});
