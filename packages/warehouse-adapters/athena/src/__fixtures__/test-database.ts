import { type SeedTables, seedSql } from '@aegis/conformance/warehouse';
import { athenaDialect } from '@aegis/sql';
import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import type { AthenaOptions } from '../index.js';
import { realDatabase } from './real-database.js';

/** A database of the test's own, in the emulator or in the real service. */
export interface TestDatabase {
  readonly options: AthenaOptions;
  /** Makes and fills tables as the owner of the database, past the adapter. */
  seed(tables: SeedTables): Promise<void>;
  /** Runs a statement as the owner of the database, past the adapter. */
  run(sql: string): Promise<void>;
  /** Statements that the emulator could not run. */
  readonly notCovered: readonly string[];
  close(): Promise<void>;
}

const types = {
  'decimal(38,10)': 'decimal(38,10)',
  double: 'double',
  text: 'varchar',
  timestamp: 'timestamp(6)',
  timestamptz: 'timestamp(6) with time zone',
};

/** The real service, where `AEGIS_TEST_ATHENA_OUTPUT` names a place in S3 that the default credentials may write to. */
export const openTestDatabase = (): Promise<TestDatabase> => {
  const output = process.env.AEGIS_TEST_ATHENA_OUTPUT;
  return output ? realDatabase(output, types) : emulatedDatabase();
};

const emulatedDatabase = async (): Promise<TestDatabase> => {
  const emulator = await AthenaEmulator.open({ databases: ['kit'] });
  return {
    options: optionsFor(emulator),
    notCovered: emulator.notCovered,
    seed: async (tables) => {
      for (const [name, table] of Object.entries(tables))
        for (const sql of seedSql(athenaDialect, { kind: 'named', parts: [name] }, table, { types }))
          await emulator.run(sql, 'kit');
    },
    run: (sql) => emulator.run(sql, 'kit').then(() => undefined),
    close: () => emulator.close(),
  };
};

/** How a user would point a warehouse at other endpoints. */
export const optionsFor = (emulator: AthenaEmulator): AthenaOptions => ({
  region: emulator.region,
  database: 'kit',
  ...emulator.credentials,
  athenaEndpoint: emulator.url,
  glueEndpoint: emulator.url,
  stsEndpoint: emulator.url,
});
