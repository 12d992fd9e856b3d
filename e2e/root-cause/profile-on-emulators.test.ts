import { bigqueryDialect, trinoDialect } from '@aegis/sql';
import { athena } from '@aegis/warehouse-athena';
import { bigquery } from '@aegis/warehouse-bigquery';
import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { TrinoEmulator } from '@aegis/warehouse-emulators/trino';
import { trino } from '@aegis/warehouse-trino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectSameProfile, type ProfiledTable, profiledTables, statementsFor } from './profile-in.js';

const trinoTypes = {
  ...{ integer: 'bigint', decimal: 'decimal(18, 2)', float: 'double', text: 'varchar', boolean: 'boolean' },
  ...{ date: 'date', timestamp: 'timestamp(6)', timestamptz: 'timestamp(6) with time zone' },
};

const bigqueryTypes = {
  ...{ integer: 'INT64', decimal: 'NUMERIC', float: 'FLOAT64', text: 'STRING', boolean: 'BOOL' },
  ...{ date: 'DATE', timestamp: 'DATETIME', timestamptz: 'TIMESTAMP' },
};

/** Closed in this order when the test has finished. */
const closing = (...opened: readonly { close?(): Promise<unknown> | undefined }[]): void => {
  onTestFinished(async () => {
    for (const each of opened) await each.close?.();
  });
};

const inTrino = async (table: ProfiledTable) => {
  const emulator = await TrinoEmulator.open({ schemas: ['shop'] });
  for (const sql of statementsFor(table, trinoTypes, trinoDialect)) await emulator.run(sql, 'shop');
  const warehouse = trino({ server: emulator.url, catalog: emulator.catalog, schema: 'shop' });
  closing(warehouse, emulator);
  return { emulator, warehouse };
};

const inAthena = async (table: ProfiledTable) => {
  const emulator = await AthenaEmulator.open({ databases: ['shop'] });
  for (const sql of statementsFor(table, trinoTypes, trinoDialect)) await emulator.run(sql, 'shop');
  const { url, region, credentials } = emulator;
  const endpoints = { athenaEndpoint: url, glueEndpoint: url };
  const warehouse = athena({ region, database: 'shop', ...endpoints, ...credentials, pollMs: 2 });
  closing(warehouse, emulator);
  return { emulator, warehouse };
};

const inBigQuery = async (table: ProfiledTable) => {
  const emulator = await BigQueryEmulator.open({ datasets: ['shop'] });
  const place = { ...table, name: `shop.${table.name}` };
  for (const sql of statementsFor(place, bigqueryTypes, bigqueryDialect)) await emulator.run(sql);
  const { project, url, credentials } = emulator;
  const warehouse = bigquery({
    projectId: project,
    dataset: 'shop',
    apiEndpoint: url,
    credentials: JSON.stringify(credentials),
  });
  closing(warehouse, emulator);
  return { emulator, warehouse };
};

describe('the profile of a source in the emulator of Trino', () => {
  it.each(profiledTables(`we"ird n'ame 漢`.toLowerCase()))('is what DuckDB finds of the same $name', async (table) => {
    const { warehouse, emulator } = await inTrino(table);
    await expectSameProfile(table, warehouse);
    expect(emulator.notCovered).toEqual([]);
  });
});

describe('the profile of a source in the emulator of Athena', () => {
  it.each(profiledTables('the_name'))('is what DuckDB finds of the same $name', async (table) => {
    const { warehouse, emulator } = await inAthena(table);
    await expectSameProfile(table, warehouse);
    expect(emulator.notCovered).toEqual([]);
  });
});

describe('the profile of a source in the emulator of BigQuery', () => {
  it.each(profiledTables("we'ird name 漢"))('is what DuckDB finds of the same $name', async (table) => {
    const { warehouse, emulator } = await inBigQuery(table);
    await expectSameProfile(table, warehouse);
    expect(emulator.notCovered).toEqual([]);
  });
});
