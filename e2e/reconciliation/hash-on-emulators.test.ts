import type { Warehouse } from '@aegis/spec';
import { athena } from '@aegis/warehouse-athena';
import { bigquery } from '@aegis/warehouse-bigquery';
import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { TrinoEmulator } from '@aegis/warehouse-emulators/trino';
import { trino } from '@aegis/warehouse-trino';
import fc from 'fast-check';
import { describe, expect, onTestFinished } from 'vitest';
import type { Cell } from '../property/world.js';
import { scenario } from '../scenario.js';
import { type Case, cases, literal, postgresLiteral, type Side, seed } from './generate.js';
import { canHash, expectSameHashes } from './hashes.js';
import { openTwoWarehouses } from './two-warehouses.js';

/** An engine that DuckDB stands in for, and how tables are made there. */
interface Emulated {
  readonly warehouse: Warehouse;
  /** Its types by PostgreSQL's; those that it has none for are left out. */
  readonly types: { readonly [type: string]: string };
  quoted(cell: Cell, type: string): string;
  run(sql: string): Promise<unknown>;
}

const trinoTypes = {
  ...{ integer: 'integer', bigint: 'bigint', boolean: 'boolean', date: 'date', bytea: 'varbinary' },
  ...{ numeric: 'decimal(28, 10)', 'numeric(18,4)': 'decimal(18, 4)', 'numeric(28,10)': 'decimal(28, 10)' },
  ...{ 'double precision': 'double', real: 'real', text: 'varchar', 'varchar(20)': 'varchar' },
  ...{ timestamp: 'timestamp(6)', timestamptz: 'timestamp(6) with time zone', time: 'time(6)', uuid: 'uuid' },
};

const { time, uuid, ...athenaTypes } = trinoTypes;

/** It has one floating-point type, and keeps no UUIDs. */
const bigQueryTypes = {
  ...{ integer: 'INT64', bigint: 'INT64', boolean: 'BOOL', date: 'DATE', bytea: 'BYTES', uuid: 'STRING' },
  ...{ numeric: 'BIGNUMERIC(28, 10)', 'numeric(18,4)': 'NUMERIC(18, 4)', 'numeric(28,10)': 'BIGNUMERIC(28, 10)' },
  ...{ 'double precision': 'FLOAT64', text: 'STRING', 'varchar(20)': 'STRING' },
  ...{ timestamp: 'DATETIME', timestamptz: 'TIMESTAMP', time: 'TIME' },
};

const trinoLiteral = (cell: Cell, type: string): string => {
  if (type === 'varbinary' && cell !== null) return `to_utf8('${cell}')`;
  return literal(type.endsWith('zone') && cell !== null ? `${cell} UTC` : cell, type);
};

const openBigQuery = async (): Promise<Emulated> => {
  const emulator = await BigQueryEmulator.open({ datasets: ['shop'] });
  onTestFinished(() => emulator.close());
  const warehouse = bigquery({
    ...{ projectId: emulator.project, dataset: 'shop', apiEndpoint: emulator.url },
    credentials: JSON.stringify(emulator.credentials),
  });
  const quoted = (cell: Cell, type: string): string =>
    cell === null
      ? 'NULL'
      : `CAST(${warehouse.dialect.expression({ kind: 'literal', type: 'text', value: cell })} AS ${type})`;
  return { warehouse, types: bigQueryTypes, quoted, run: (sql) => emulator.run(sql, 'shop') };
};

const openAthena = async (): Promise<Emulated> => {
  const emulator = await AthenaEmulator.open({ databases: ['shop'] });
  onTestFinished(() => emulator.close());
  const { url, region, credentials } = emulator;
  const endpoints = { athenaEndpoint: url, glueEndpoint: url };
  const warehouse = athena({ region, ...credentials, ...endpoints, database: 'shop', pollMs: 2 });
  return { warehouse, types: athenaTypes, quoted: trinoLiteral, run: (sql) => emulator.run(sql, 'shop') };
};

const openTrino = async (): Promise<Emulated> => {
  const emulator = await TrinoEmulator.open({ catalog: 'lake', schemas: ['shop'] });
  onTestFinished(() => emulator.close());
  const warehouse = trino({ server: emulator.url, catalog: 'lake', schema: 'shop' });
  return { warehouse, types: trinoTypes, quoted: trinoLiteral, run: (sql) => emulator.run(sql, 'shop') };
};

const isMoment = (kind: string): boolean => kind === 'date' || kind.startsWith('timestamp');

const casesEach = 25;

/** None of the three has infinite dates and timestamps. */
const hasNoInfinity = ({ pairings, duckdb: left, postgres: right }: Case): boolean =>
  [...left.rows, ...right.rows].every((row) =>
    row.every((cell, index) => !(isMoment(pairings[index]?.kind ?? '') && cell?.includes('infinity'))),
  );

const tableOf = (index: number) => ({ kind: 'named', parts: [`t${index}`] }) as const;

describe('hashes of keys', () => {
  for (const [name, open] of Object.entries({ BigQuery: openBigQuery, Athena: openAthena, Trino: openTrino })) {
    scenario(
      'reconcile/hash',
      `are equal on DuckDB, PostgreSQL and ${name} exactly when the keys are, by texts that its emulator writes and real MD5`,
      async () => {
        const { warehouse, types, quoted, run } = await open();
        const two = await openTwoWarehouses();
        onTestFinished(async () => {
          await warehouse.close?.();
          await two.close();
        });
        const over = ({ types: all, rows }: Side): Side => ({ types: all.map((type) => types[type] ?? ''), rows });
        const drawn = fc
          .sample(cases, { numRuns: 150, seed: 20_261_128 })
          .filter((each) => each.postgres.types.every((type) => type in types) && hasNoInfinity(each))
          .filter(({ pairings, postgres }) => canHash(warehouse, over(postgres), pairings))
          .slice(0, casesEach);
        expect(drawn.length).toBe(casesEach);
        await two.seedDuckDb(...drawn.flatMap(({ duckdb }, index) => seed(`t${index}`, duckdb, literal)));
        await two.seedPostgres(...drawn.flatMap(({ postgres }, index) => seed(`t${index}`, postgres, postgresLiteral)));
        for (const [index, { pairings, duckdb, postgres }] of drawn.entries()) {
          const side = over(postgres);
          for (const sql of seed(`t${index}`, side, quoted)) await run(sql);
          const there = { warehouse, table: tableOf(index), side };
          await expectSameHashes({ warehouse: two.duckdb, table: tableOf(index), side: duckdb }, there, pairings);
          const onPostgres = { warehouse: two.postgres, table: tableOf(index), side: postgres };
          await expectSameHashes(onPostgres, there, pairings);
        }
      },
      60_000,
    );
  }
});
