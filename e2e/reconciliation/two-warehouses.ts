import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row, StatementOptions, Warehouse } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { postgres } from '@aegis/warehouse-postgres';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { inject } from 'vitest';

/** A DuckDB file and a database of a PostgreSQL server, and ways to fill both past the adapters. */
export interface TwoWarehouses {
  readonly duckdb: Warehouse;
  readonly postgres: Warehouse;
  /** Where they are, for `aegis.yaml`. */
  readonly path: string;
  readonly url: string;
  /** Runs SQL in DuckDB. The warehouse is closed meanwhile, so it comes before any use. */
  seedDuckDb(...statements: readonly string[]): Promise<void>;
  seedPostgres(...statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export const openTwoWarehouses = async (): Promise<TwoWarehouses> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-reconciliation-'));
  const path = join(folder, 'shop.duckdb');
  await runDuckDb(path, 'SELECT 1');
  const response = await fetch(`${inject('testServersUrl')}/postgres`);
  const url = await response.text();
  if (!response.ok) throw new Error(url);
  const warehouses = { duckdb: duckdb({ path }), postgres: postgres({ url }) };
  return {
    ...{ ...warehouses, path, url },
    seedDuckDb: (...statements) => runDuckDb(path, ...statements),
    seedPostgres: (...statements) => runPostgres(url, ...statements),
    close: async () => {
      await Promise.all([warehouses.duckdb.close?.(), warehouses.postgres.close?.()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const runDuckDb = async (path: string, ...statements: readonly string[]): Promise<void> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

const runPostgres = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

/** What a warehouse was asked and gave. */
export interface Traffic {
  readonly statements: string[];
  rows: number;
  /** Of the rows as JSON: near what a driver fetches. */
  bytes: number;
}

/** A warehouse that counts what it gives, on snapshots too. */
export const counted = (warehouse: Warehouse): { readonly warehouse: Warehouse; readonly traffic: Traffic } => {
  const traffic: Traffic = { statements: [], rows: 0, bytes: 0 };
  return { warehouse: watched(warehouse, traffic), traffic };
};

const watched = <Watched extends Warehouse>(warehouse: Watched, traffic: Traffic): Watched =>
  new Proxy(warehouse, {
    get: (target, name) => {
      if (name === 'executeSample') return sampling(target, traffic);
      const member: unknown = Reflect.get(target, name, target);
      if (name === 'snapshot' && typeof member === 'function')
        return async (options?: StatementOptions) => watched(await member.call(target, options), traffic);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

const sampling =
  (warehouse: Warehouse, traffic: Traffic) =>
  async (sql: string, limit: number, options?: StatementOptions): Promise<readonly Row[]> => {
    traffic.statements.push(sql);
    const rows = await warehouse.executeSample(sql, limit, options);
    traffic.rows += rows.length;
    traffic.bytes += rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
    return rows;
  };
