import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialects } from './__fixtures__/dialects.js';
import { duckdbExpressions, duckdbQueries, duckdbRows } from './__fixtures__/duckdb-expressions.js';
import { loadGuard, type SqlGuard, scopePlaceholder } from './index.js';

let guard: SqlGuard;
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  guard = await loadGuard();
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run(duckdbRows);
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const rowsOf = async (sql: string): Promise<unknown> => (await connection.runAndReadAll(sql)).getRowsJson();

/** The rows of a query as written, and as the guard lets it run. */
const bothWays = async (query: string): Promise<readonly [unknown, unknown]> => {
  const { sql } = guard.query(query, dialects.duckdb);
  return [await rowsOf(query.replaceAll(/ \{table\}/g, ` ${scopePlaceholder}`)), await rowsOf(sql)];
};

describe('on DuckDB, a guarded text answers as the written one', () => {
  it.each(duckdbExpressions.map((sql) => [sql]))('select %s', async (sql) => {
    const [written, guarded] = await bothWays(`select id, ${sql}\nfrom {table} order by id`);
    expect(guarded).toEqual(written);
  });

  it.each(duckdbQueries.map((sql) => [sql]))('%s', async (sql) => {
    const [written, guarded] = await bothWays(sql);
    expect(guarded).toEqual(written);
  });
});
