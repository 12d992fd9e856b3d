import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnExpression, ScopedRelation } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, literal } from '../build.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { duckdbDialect } from './duckdb.js';

let folder: string;
let duckdb: TestDuckDb;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aegis-rows-'));
  duckdb = await openDuckDb();
});
afterAll(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

const x: ColumnExpression = { kind: 'column', name: 'x', type: { kind: 'integer', native: 'BIGINT' } };
const isNegative = compare(x, '<', literal('integer', '0'));

/** A relation over files, one for each query. */
const files = async (name: string, ...queries: readonly string[]): Promise<ScopedRelation> => {
  for (const [index, query] of queries.entries())
    await duckdb.rows(
      `COPY (${query}) TO '${join(folder, `${name}-${index}.parquet`)}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    );
  return { table: { kind: 'file', path: join(folder, `${name}-*.parquet`), format: 'parquet' } };
};

const negative = (from: ScopedRelation, limit: number) =>
  duckdb.rows(duckdbDialect.statement({ kind: 'rows', from, condition: isNegative, limit }));

describe('failing rows of Parquet files', () => {
  it('are whole rows, from every file', async () => {
    const query = (file: number) =>
      `SELECT if(i % 3000 = 7, -i, i) AS x, ${file} AS file, 'v' || i AS v FROM range(10000) r(i)`;
    const from = await files('some', query(0), query(1));
    const rows = await negative(from, 100);
    expect(rows).toHaveLength(8);
    for (const { x: value, v } of rows) expect(v).toBe(`v${-Number(value)}`);
    expect(new Set(rows.map(({ file }) => file))).toEqual(new Set([0, 1]));
    expect(Object.keys(rows[0] ?? {})).toEqual(['x', 'file', 'v']);
  });

  it('are no more than asked for, and none when nothing fails', async () => {
    const from = await files('many', 'SELECT i - 5000 AS x FROM range(10000) r(i)');
    const rows = await negative(from, 5);
    expect(rows).toHaveLength(5);
    for (const { x: value } of rows) expect(Number(value)).toBeLessThan(0);
    expect(await negative(await files('none', 'SELECT 1::BIGINT AS x'), 5)).toEqual([]);
  });

  it('are found only in scope', async () => {
    const from = await files('scoped', 'SELECT -i AS x, i % 2 AS part FROM range(100) r(i)');
    const where = { kind: 'user_sql', sql: 'part = 1', columns: ['part'] } as const;
    const rows = await negative({ ...from, where }, 100);
    expect(rows).toHaveLength(50);
    for (const { part } of rows) expect(Number(part)).toBe(1);
  });

  it('fail also where a column is called as the place of a row is', async () => {
    const from = await files(
      'named',
      'SELECT i - 3 AS x, i // 4 AS file_row_number, 0 AS file_index FROM range(10) r(i)',
    );
    const rows = await negative(from, 10);
    expect(rows.length).toBeGreaterThan(0);
    for (const { x: value } of rows) expect(Number(value)).toBeLessThan(0);
  });
});
