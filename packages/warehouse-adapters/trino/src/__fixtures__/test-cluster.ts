import { randomUUID } from 'node:crypto';
import { TrinoEmulator } from '@aegis/warehouse-emulators/trino';
import { type TrinoOptions, trino } from '../index.js';

/** A schema of the test's own, in the emulator or in a real cluster. */
export interface TestCluster {
  readonly options: TrinoOptions;
  /** Runs statements that write, past the read-only transactions of the adapter. */
  run(...statements: readonly string[]): Promise<void>;
  /** Statements that the emulator could not run. */
  readonly notCovered: readonly string[];
  close(): Promise<void>;
}

/** A real cluster, where `AEGIS_TEST_TRINO_SERVER` names one and `AEGIS_TEST_TRINO_CATALOG` a catalogue that may be written to. */
export const openTestCluster = (): Promise<TestCluster> => {
  const { AEGIS_TEST_TRINO_SERVER: server, AEGIS_TEST_TRINO_CATALOG: catalog } = process.env;
  return server && catalog ? realCluster(server, catalog) : emulatedCluster();
};

const emulatedCluster = async (): Promise<TestCluster> => {
  const emulator = await TrinoEmulator.open({ schemas: ['kit'] });
  return {
    options: optionsFor(emulator),
    notCovered: emulator.notCovered,
    run: async (...statements) => {
      for (const sql of statements) await emulator.run(sql, 'kit');
    },
    close: () => emulator.close(),
  };
};

/** How a user would name the emulator. */
export const optionsFor = (emulator: TrinoEmulator): TrinoOptions => ({
  server: emulator.url,
  catalog: emulator.catalog,
  schema: 'kit',
});

const realCluster = async (server: string, catalog: string): Promise<TestCluster> => {
  const schema = `aegis_test_${randomUUID().replaceAll('-', '')}`;
  const { AEGIS_TEST_TRINO_USER: user, AEGIS_TEST_TRINO_PASSWORD: password } = process.env;
  const options = { server, catalog, schema, ...(user && { user }), ...(password && { password }) };
  const writer = trino({ ...options, readOnlyTransactions: false });
  const run = async (...statements: readonly string[]): Promise<void> => {
    for (const sql of statements) await writer.executeSample(sql, 1);
  };
  await run(`CREATE SCHEMA "${catalog}"."${schema}"`);
  return {
    options,
    notCovered: [],
    run,
    close: async () => {
      await run(`DROP SCHEMA "${catalog}"."${schema}" CASCADE`);
      await writer.close?.();
    },
  };
};
