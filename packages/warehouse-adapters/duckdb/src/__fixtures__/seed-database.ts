import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SeededNames, type SeedTables, seedSql } from '@aegis/conformance/warehouse';
import { duckdbDialect } from '@aegis/sql';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';

/** A folder that is removed when the test has finished; hooks pass their own `whenDone`. */
export const temporaryFolder = async (
  whenDone: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-duckdb-test-'));
  whenDone(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Runs statements on a database file, made when it does not exist, and closes it again. */
export const seedDatabase = async (path: string, ...statements: readonly string[]): Promise<string> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return path;
};

/** Makes the tables of the conformance kit in a database file. */
export const seedKit = async (path: string, tables: SeedTables): Promise<SeededNames> => {
  const statements = Object.entries(tables).flatMap(([name, table]) =>
    seedSql(duckdbDialect, { kind: 'named', parts: [name] }, table),
  );
  await seedDatabase(path, ...statements);
  return Object.fromEntries(Object.keys(tables).map((name) => [name, duckdbDialect.quoteIdentifier(name)]));
};
