import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
