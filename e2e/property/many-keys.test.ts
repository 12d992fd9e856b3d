import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtinTypes, compileRules } from '@aegis/rules';
import type { RuleResult } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTogether } from './harness/run.js';

/** Enough rows for several threads, and for what engines do differently beyond their first thousands of rows. */
const rowCount = 300_000;

/** Columns by how often their values repeat. */
const columns = {
  once: 'range * 7919',
  once_shuffled: 'hash(range)',
  rarely: 'if(range % 50000 = 0, 50000, range)',
  late: 'if(range > 290000, range % 100, range)',
  often: 'range % 1000',
  seldom_there: 'if(range % 1000 = 0, range % 7, NULL)',
  never_there: 'CAST(NULL AS BIGINT)',
  text: "'k' || range % 200000",
  text_once: "'key ' || hash(range)",
  double: "CASE range % 4 WHEN 0 THEN CAST('NaN' AS DOUBLE) WHEN 1 THEN -0.0 WHEN 2 THEN 0.0 ELSE range END",
  decimal: 'CAST(range % 150000 AS DECIMAL(38,10)) / 8',
  day: "DATE '1900-01-01' + CAST(range % 40000 AS INTEGER)",
} as const;
type ColumnName = keyof typeof columns;
const columnNames = Object.keys(columns) as ColumnName[];

let folder = '';
const path = () => join(folder, 'keys.duckdb');

const withConnection = async <Result>(use: (ask: (sql: string) => Promise<readonly number[]>) => Promise<Result>) => {
  const instance = await DuckDBInstance.create(path());
  const connection = await instance.connect();
  try {
    return await use(async (sql) => ((await connection.runAndReadAll(sql)).getRows()[0] ?? []).map(Number));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-many-keys-'));
  const list = columnNames.map((name) => `${columns[name]} AS ${name}`).join(', ');
  await withConnection(async (ask) => {
    await ask(`CREATE TABLE child AS SELECT ${list} FROM range(${rowCount})`);
    // Every third value is missing here, and there are values that the child lacks.
    await ask(`CREATE TABLE parent AS SELECT ${list} FROM range(${rowCount + 50_000}) WHERE range % 3 <> 1`);
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = async (logics: readonly { readonly type: string; readonly [param: string]: unknown }[]) => {
  const warehouse = duckdb({ path: path() });
  const documents = logics.map((logic, index) => ({ metadata: { id: `r${index}` }, scope: { table: 'child' }, logic }));
  try {
    return await runTogether(compileRules(documents).rules, warehouse, {
      ...{ runId: 'many-keys', now: '2026-01-15T12:00:00Z', timezone: 'UTC', project: 'many-keys' },
      ...{ sampleRows: 3, types: builtinTypes },
      loadGuard: async () => (await import('@aegis/sql/guard')).loadGuard(),
    });
  } finally {
    await warehouse.close?.();
  }
};

const failed = ({ error, failed_by }: RuleResult) => error?.message ?? [failed_by?.rows, failed_by?.keys];

/** NaN is one key, and −0 is 0. */
const grouped = (names: readonly ColumnName[], condition = names.map((name) => `${name} IS NOT NULL`).join(' AND ')) =>
  `SELECT count(*) AS n FROM child WHERE ${condition} GROUP BY ${names.join(', ')}`;

describe('keys of many rows', () => {
  it('repeat as often as grouping them says', async () => {
    const keySets: readonly (readonly ColumnName[])[] = [
      ...columnNames.map((name) => [name]),
      ['often', 'text'],
      ['rarely', 'day'],
      ['seldom_there', 'once'],
    ];
    const results = await run(keySets.map((names) => ({ type: 'composite_unique', columns: names })));
    const expected = await withConnection(async (ask) => {
      const counts: (readonly number[])[] = [];
      for (const names of keySets) {
        const totals = `SELECT coalesce(sum(n), 0) - count(*), count(*) FILTER (WHERE n > 1) FROM (${grouped(names)})`;
        counts.push(await ask(totals));
      }
      return counts;
    });
    expect(results.map(failed)).toEqual(expected);
    const repeating = results.filter(({ outcome }) => outcome === 'fail');
    expect(repeating.map(({ sample }) => sample.length > 0)).toEqual(repeating.map(() => true));
  });

  it('have no parent as often as a comparison with every parent says', async () => {
    const results = await run(
      columnNames.map((name) => ({
        type: 'foreign_key',
        column: name,
        reference_table: 'parent',
        reference_column: name,
      })),
    );
    const expected = await withConnection(async (ask) => {
      const counts: (readonly number[])[] = [];
      for (const name of columnNames) {
        const unmatched = `FROM child c WHERE ${name} IS NOT NULL AND NOT EXISTS (FROM parent p WHERE p.${name} = c.${name})`;
        counts.push(await ask(`SELECT count(*), count(DISTINCT ${name}) ${unmatched}`));
      }
      return counts;
    });
    expect(results.map(failed)).toEqual(expected);
  });

  it('are missing on either side as often as set differences say', async () => {
    const results = await run(
      columnNames.map((name) => ({ type: 'reconcile_key_match', column: name, source_table: 'parent' })),
    );
    const missing = ({ error, observed }: RuleResult) =>
      error?.message ?? [observed.missing_in_target, observed.missing_in_source];
    const expected = await withConnection(async (ask) => {
      const counts: (readonly number[])[] = [];
      for (const name of columnNames) {
        const keys = (table: string) => `SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL`;
        const difference = (from: string, other: string) =>
          `(SELECT count(*) FROM (${keys(from)} EXCEPT ${keys(other)}))`;
        counts.push(await ask(`SELECT ${difference('parent', 'child')}, ${difference('child', 'parent')}`));
      }
      return counts;
    });
    expect(results.map(missing)).toEqual(expected);
  });
});
