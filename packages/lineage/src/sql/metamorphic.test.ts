import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomQuery, tables } from './__fixtures__/random-queries.js';
import { lineageOfSql } from './index.js';
import type { StatementLineage } from './types.js';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run(
    'CREATE TABLE t0 AS SELECT (i * 7) % 4 AS k, (i * 5) % 6 AS a, i % 5 AS b, (i * 3) % 7 AS c FROM range(14) r(i)',
  );
  await connection.run('CREATE TABLE u0 AS SELECT i % 4 AS k, (i * 3) % 5 AS d, (i * 2) % 6 AS e FROM range(9) r(i)');
});
afterAll(() => connection.closeSync());

const columns = Object.entries(tables).flatMap(([table, names]) => names.map((column) => ({ table, column })));

/** The tables as they were, with one column changed. */
const seed = async (changed?: { readonly table: string; readonly column: string }): Promise<void> => {
  for (const table of Object.keys(tables)) {
    const column =
      changed?.table === table ? ` REPLACE ((${changed.column} * 5 + rowid) % 8 AS ${changed.column})` : '';
    await connection.run(`CREATE OR REPLACE TABLE ${table} AS SELECT *${column} FROM ${table}0`);
  }
};

/** The values of each column, in an order that does not depend on the rows'. */
const answer = async (sql: string): Promise<{ readonly [column: string]: string }> => {
  await connection.run(`CREATE OR REPLACE TABLE o AS ${sql}`);
  const reader = await connection.runAndReadAll('SELECT * FROM o');
  const values = reader.getColumnsJson();
  return Object.fromEntries(
    reader.columnNames().map((name, index) => [name, JSON.stringify(values[index]?.map(String).sort())]),
  );
};

const lineageOf = async (sql: string): Promise<StatementLineage> => {
  const schema = (name: readonly string[]) => tables[name.at(-1) ?? ''];
  const [lineage] = await lineageOfSql(`CREATE TABLE o AS ${sql}`, { parserName: 'duckdb', schema });
  if (!lineage) throw new Error('no lineage');
  return lineage;
};

/** Whether lineage says that a column takes part in an output column, or in which rows there are. */
const isInput = (
  { columns: made }: StatementLineage,
  output: string,
  from: { readonly table: string; readonly column: string },
) =>
  made
    .filter(({ column }) => column === output || column === null)
    .some(({ inputs }) => inputs.some(({ table, column }) => table[0] === from.table && column === from.column));

const wrongClaims = async (sql: string): Promise<readonly string[]> => {
  const lineage = await lineageOf(sql);
  await seed();
  const before = await answer(sql);
  const wrong: string[] = [];
  for (const changed of columns) {
    const claims = Object.keys(before).filter((output) => !isInput(lineage, output, changed));
    if (claims.length === 0) continue;
    await seed(changed);
    const after = await answer(sql);
    wrong.push(
      ...claims
        .filter((output) => before[output] !== after[output])
        .map((output) => `${changed.table}.${changed.column} changes ${output}`),
    );
  }
  return wrong;
};

it('never says of a column that it is no input whose change shows in the output, on a real engine', async () => {
  await fc.assert(
    fc.asyncProperty(randomQuery, async (sql) => {
      expect(await wrongClaims(sql), sql).toEqual([]);
    }),
    { numRuns: process.env.AEGIS_NIGHTLY ? 2_000 : 60, seed: 7 },
  );
}, 600_000);

it('resolves everything in queries over known tables', async () => {
  await fc.assert(
    fc.asyncProperty(randomQuery, async (sql) => {
      const { columns: made, outputColumns } = await lineageOf(sql);
      expect(
        made.filter(({ unresolved }) => unresolved !== undefined),
        sql,
      ).toEqual([]);
      expect(outputColumns).toEqual(['o1', 'o2', 'o3']);
    }),
    { numRuns: 150, seed: 11 },
  );
});
