import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { startPostgres } from './postgres.js';

/** Two tables `keys(id BIGINT)` of which each lacks half of the differences. */
export interface KeyTables {
  readonly rows: number;
  readonly differences: number;
  /** The DuckDB file. */
  readonly path: string;
  /** The PostgreSQL database. */
  readonly url: string;
}

export interface KeyStore {
  /** Empties both tables and fills them anew. */
  fill(rows: number, differences: number): Promise<KeyTables>;
  close(): Promise<void>;
}

/** A temporary folder for the DuckDB file, and a database on a server. */
export const openKeyStore = async (): Promise<KeyStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-reconcile-'));
  const server = await startPostgres();
  const { url } = server;
  return {
    fill: async (rows, differences) => {
      const path = join(folder, `keys-${rows}-${differences}.duckdb`);
      await Promise.all([fillDuckDb(path, rows, differences), fillPostgres(url, rows, differences)]);
      return { rows, differences, path, url };
    },
    close: async () => {
      await run(url, 'DROP TABLE IF EXISTS keys');
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Spread numbers in no order of their own: what a key generator gives. */
const key = (i: string, cast: string) => `${i} * ${cast} % 1000000007`;

/** Every so many rows a difference: even ones are missing in DuckDB, odd ones in PostgreSQL. */
const isMissing = (i: string, divide: string, rows: number, differences: number, parity: 0 | 1): string => {
  if (differences === 0) return 'FALSE';
  const period = Math.floor(rows / differences);
  return `${i} % ${period} = ${Math.floor(period / 2)} AND (${i} ${divide} ${period}) % 2 = ${parity} AND ${i} < ${period * differences}`;
};

const fillDuckDb = async (path: string, rows: number, differences: number): Promise<void> => {
  rmSync(path, { force: true });
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const keep = isMissing('range', '//', rows, differences, 0);
  await connection.run(
    `CREATE TABLE keys AS SELECT ${key('range', '48271')} AS id FROM range(${rows}) WHERE NOT (${keep})`,
  );
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
};

const fillPostgres = async (url: string, rows: number, differences: number): Promise<void> => {
  const keep = isMissing('i', '/', rows, differences, 1);
  const select = `SELECT ${key('i', '48271::bigint')} AS id FROM generate_series(0, ${rows - 1}) AS i WHERE NOT (${keep})`;
  await run(url, 'DROP TABLE IF EXISTS keys', `CREATE TABLE keys AS ${select}`, 'VACUUM ANALYZE keys');
};

const run = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};
