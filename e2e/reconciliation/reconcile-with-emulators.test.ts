import { athena } from '@aegis/warehouse-athena';
import { bigquery } from '@aegis/warehouse-bigquery';
import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { TrinoEmulator } from '@aegis/warehouse-emulators/trino';
import { trino } from '@aegis/warehouse-trino';
import { expectReconciled, type FarWarehouse } from './expect-reconciled.js';
import { orders } from './orders.js';

const trinoTypes = { integer: 'bigint', text: 'varchar', decimal: 'decimal(12, 4)' };

const openBigQuery = async (): Promise<FarWarehouse> => {
  const emulator = await BigQueryEmulator.open({ datasets: ['shop'] });
  for (const sql of orders({ integer: 'INT64', text: 'STRING', decimal: 'NUMERIC' })) await emulator.run(sql, 'shop');
  const options = { projectId: emulator.project, dataset: 'shop', apiEndpoint: emulator.url };
  const credentials = JSON.stringify(emulator.credentials);
  const warehouse = bigquery({ ...options, credentials });
  return {
    warehouse,
    entry: { type: 'bigquery', ...options, credentials: '${env:FAR_KEY}' },
    env: { FAR_KEY: credentials },
    close: () => closeBoth(warehouse, emulator),
  };
};

const openAthena = async (): Promise<FarWarehouse> => {
  const emulator = await AthenaEmulator.open({ databases: ['shop'] });
  for (const sql of orders(trinoTypes)) await emulator.run(sql, 'shop');
  const { url, region, credentials } = emulator;
  const options = { region, database: 'shop', athenaEndpoint: url, glueEndpoint: url, pollMs: 5 };
  const warehouse = athena({ ...options, ...credentials });
  return {
    warehouse,
    entry: { type: 'athena', ...options },
    env: { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    close: () => closeBoth(warehouse, emulator),
  };
};

const openTrino = async (): Promise<FarWarehouse> => {
  const emulator = await TrinoEmulator.open({ catalog: 'lake', schemas: ['shop'], passwords: { anna: 'right' } });
  for (const sql of orders(trinoTypes)) await emulator.run(sql, 'shop');
  const options = { server: emulator.url, catalog: 'lake', schema: 'shop', user: 'anna' };
  const warehouse = trino({ ...options, password: 'right' });
  return {
    warehouse,
    entry: { type: 'trino', ...options, password: '${env:FAR_PASSWORD}' },
    env: { FAR_PASSWORD: 'right' },
    close: () => closeBoth(warehouse, emulator),
  };
};

const closeBoth = async (warehouse: FarWarehouse['warehouse'], emulator: { close(): Promise<void> }): Promise<void> => {
  await warehouse.close?.();
  await emulator.close();
};

expectReconciled({ name: 'BigQuery (emulated)', open: openBigQuery });
expectReconciled({ name: 'Athena (emulated)', open: openAthena });
expectReconciled({ name: 'Trino (emulated)', open: openTrino });
