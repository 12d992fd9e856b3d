import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnExpression, ColumnKind, ScopedRelation } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BaseDialect } from '../base-dialect.js';
import { duplicateKeys } from '../statements/duplicate-keys.js';
import { keyCounts } from '../statements/key-counts.js';
import { unmatchedCounts, unmatchedRows } from '../statements/unmatched.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { duckdbDialect } from './duckdb.js';
import { duckdbDuplicateKeys, duckdbKeyCounts, duckdbUnmatchedCounts, duckdbUnmatchedRows } from './duckdb-keys.js';

let duckdb: TestDuckDb;
beforeAll(async () => {
  duckdb = await openDuckDb();
});
afterAll(() => duckdb.close());

const column = (name: string, kind: ColumnKind, native: string): ColumnExpression => ({
  kind: 'column',
  name,
  type: { kind, native },
});
const integer = (name: string) => column(name, 'integer', 'BIGINT');
const text = (name: string) => column(name, 'text', 'VARCHAR');

const rendererOf = (dialect: unknown): BaseDialect => {
  if (dialect instanceof BaseDialect) return dialect;
  throw new Error('not a dialect of ours');
};
const dialect = rendererOf(duckdbDialect);
/** Every key has the same hash, as if the worst had happened. */
const colliding = rendererOf(Object.create(dialect, { hash: { value: () => 'CAST(7 AS UBIGINT)' } }));

const table = async (name: string, select: string): Promise<ScopedRelation> => {
  await duckdb.rows(`CREATE OR REPLACE TABLE "${name}" AS ${select}`);
  return { table: { kind: 'named', parts: [name] } };
};

const comparable = (rows: readonly object[]) =>
  JSON.parse(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))) as object[];
const ask = async (sql: string) => comparable(await duckdb.rows(sql));

/** The counts, after checking that plain grouping gives the same counts and the same repeated keys. */
const counts = async (from: ScopedRelation, keys: readonly ColumnExpression[], renderer = dialect) => {
  const [counted, listed] = [
    { kind: 'key_counts', from, keys } as const,
    { kind: 'duplicate_keys', from, keys, limit: 1000 } as const,
  ];
  const [row] = await ask(duckdbKeyCounts(counted, renderer));
  expect([row]).toEqual(await ask(keyCounts(counted, renderer)));
  const repeated = await ask(duplicateKeys(listed, renderer));
  expect(await ask(duckdbDuplicateKeys(listed, renderer))).toEqual(repeated);
  const [withExamples] = await ask(duckdbKeyCounts({ ...counted, examples: 3 }, renderer));
  expect(withExamples).toEqual({ ...row, examples: repeated.length === 0 ? null : repeated.slice(0, 3) });
  return row;
};

describe('counts and lists of keys', () => {
  it('agree with grouping where every key occurs once', async () => {
    const from = await table('once', `SELECT i AS id, 'k' || i AS code FROM range(5000) r(i)`);
    const expected = { complete: '5000', distinct_keys: '5000', duplicate_keys: '0', duplicate_rows: '0' };
    expect(await counts(from, [integer('id')])).toEqual(expected);
    expect(await counts(from, [text('code')])).toEqual(expected);
  });

  it('agree with grouping where few keys repeat and some are NULL', async () => {
    const from = await table(
      'few',
      `SELECT CASE WHEN i % 10 > 0 THEN if(i % 4000 = 3, 1, i) END AS id, 'é' || if(i % 7000 = 2, 9, i) AS code FROM range(20000) r(i)`,
    );
    expect(await counts(from, [integer('id')])).toMatchObject({ complete: '18000', duplicate_keys: '1' });
    expect(await counts(from, [text('code')])).toMatchObject({ duplicate_keys: '1', duplicate_rows: '4' });
    await counts(from, [integer('id'), text('code')]);
  });

  it('agree with grouping where most keys repeat', async () => {
    const from = await table('most', `SELECT i // 3 AS id, 'k' || i % 900 AS code FROM range(3000) r(i)`);
    await counts(from, [integer('id')]);
    await counts(from, [text('code')]);
    await counts(from, [text('code'), integer('id')]);
  });

  it('agree with grouping where the first rows do not show how often keys repeat', async () => {
    const from = await table('late', 'SELECT if(i < 80000, i, i % 50) AS id FROM range(90000) r(i)');
    expect(await counts(from, [integer('id')])).toMatchObject({ distinct_keys: '80000', duplicate_keys: '50' });
    const reversed = await table('early', 'SELECT if(i > 70000, i, i % 50) AS id FROM range(90000) r(i)');
    await counts(reversed, [integer('id')]);
  });

  it('tell keys apart that share a hash', async () => {
    const from = await table('apart', `SELECT 'k' || i % 900 AS code FROM range(1000) r(i)`);
    expect(await counts(from, [text('code')], colliding)).toMatchObject({
      distinct_keys: '900',
      duplicate_keys: '100',
    });
  });

  it('take NaN for equal to NaN and −0 for equal to 0', async () => {
    const from = await table(
      'floats',
      `SELECT unnest(['NaN', 'NaN', '-0.0', '0.0', '1', 'Infinity', NULL]::DOUBLE[]) AS x`,
    );
    expect(await counts(from, [column('x', 'float', 'DOUBLE')])).toMatchObject({ complete: '6', distinct_keys: '4' });
  });

  it('agree with grouping for dates, timestamps, decimals, booleans and bytes', async () => {
    const from = await table(
      'kinds',
      `SELECT DATE '2024-01-01' + CAST(i % 50 AS INTEGER) AS d, TIMESTAMP '2024-01-01' + to_seconds(i % 60) AS t,
        TIMESTAMPTZ '2024-01-01 00:00:00Z' + to_seconds(i) AS z, CAST(i % 70 AS DECIMAL(18, 3)) AS n, i % 2 = 0 AS b,
        encode('x' || i % 80) AS bytes FROM range(100) r(i)`,
    );
    await counts(from, [column('d', 'date', 'DATE')]);
    await counts(from, [column('t', 'timestamp', 'TIMESTAMP')]);
    await counts(from, [column('z', 'timestamptz', 'TIMESTAMP WITH TIME ZONE')]);
    await counts(from, [column('n', 'decimal', 'DECIMAL(18,3)')]);
    await counts(from, [column('b', 'boolean', 'BOOLEAN')]);
    await counts(from, [column('bytes', 'bytes', 'BLOB')]);
  });

  it('are nothing for an empty table and for one without keys', async () => {
    const none = await table('none', 'SELECT 1::BIGINT AS x LIMIT 0');
    const nulls = await table('nulls', 'SELECT NULL::BIGINT AS x FROM range(9)');
    for (const from of [none, nulls]) {
      const keys = [integer('x')];
      expect(await ask(duckdbKeyCounts({ kind: 'key_counts', from, keys }, dialect))).toEqual([
        { complete: '0', distinct_keys: '0', duplicate_keys: '0', duplicate_rows: '0' },
      ]);
      expect(await ask(duckdbDuplicateKeys({ kind: 'duplicate_keys', from, keys, limit: 5 }, dialect))).toEqual([]);
    }
  });

  it('see only the rows in scope, and columns called as the statement calls its own', async () => {
    const from = await table('marks', 'SELECT i % 50 AS mark, i AS n, i AS before FROM range(100) r(i)');
    const where = { kind: 'user_sql', sql: 'n < 60', columns: ['n'] } as const;
    expect(await counts({ ...from, where }, [integer('mark')])).toMatchObject({ complete: '60', distinct_keys: '50' });
  });
});

it.each(['Occurrences', '__proto__'])('gives no examples of a key that is called %s', async (name) => {
  const from = await table('clash', `SELECT i % 5 AS "${name}" FROM range(9) r(i)`);
  const statement = { kind: 'key_counts', from, keys: [integer(name)], examples: 5 } as const;
  expect(Object.keys((await ask(duckdbKeyCounts(statement, dialect)))[0] ?? {})).not.toContain('examples');
});

describe('rows without a parent', () => {
  const parent = { kind: 'named', parts: ['parents'] } as const;

  it('are those that a comparison with every parent finds, with composite keys too', async () => {
    await table('parents', `SELECT i AS id, 'c' || i % 3 AS code FROM range(50) r(i) UNION ALL SELECT NULL, NULL`);
    const from = await table(
      'children',
      `SELECT i AS row, if(i % 7 = 0, NULL, i % 60) AS id, 'c' || i % 3 AS code FROM range(600) r(i)`,
    );
    for (const keys of [[integer('id')], [integer('id'), text('code')], [text('code')]]) {
      const key = { from, keys, reference: parent, referenceKeys: keys };
      const [totals] = await ask(duckdbUnmatchedCounts({ kind: 'unmatched_counts', ...key }, dialect));
      expect([totals]).toEqual(await ask(unmatchedCounts({ kind: 'unmatched_counts', ...key }, dialect)));
      const same = keys.map(({ name }) => `p."${name}" = c."${name}"`).join(' AND ');
      const present = keys.map(({ name }) => `c."${name}" IS NOT NULL`).join(' AND ');
      const all = await ask(
        `SELECT c.* FROM children c WHERE ${present} AND NOT EXISTS (FROM parents p WHERE ${same})`,
      );
      const found = await ask(duckdbUnmatchedRows({ kind: 'unmatched_rows', ...key, limit: 1000 }, dialect));
      expect(found).toHaveLength(all.length);
      expect(found).toEqual(expect.arrayContaining(all));
      const few = await ask(duckdbUnmatchedRows({ kind: 'unmatched_rows', ...key, limit: 3 }, dialect));
      expect(few).toHaveLength(Math.min(3, all.length));
      expect(all).toEqual(expect.arrayContaining(few));
    }
  });

  it('are all rows with a key when there is no parent', async () => {
    await table('parents', 'SELECT 1::BIGINT AS id LIMIT 0');
    const from = await table('children', 'SELECT unnest([1, 2, NULL])::BIGINT AS id');
    const key = { from, keys: [integer('id')], reference: parent, referenceKeys: [integer('id')], limit: 5 };
    expect(await ask(duckdbUnmatchedRows({ kind: 'unmatched_rows', ...key }, dialect))).toHaveLength(2);
  });

  it('are found only in scope', async () => {
    await table('parents', 'SELECT 1::BIGINT AS id');
    const from = await table('children', 'SELECT i AS id, i % 2 AS part FROM range(10) r(i)');
    const where = { kind: 'user_sql', sql: 'part = 0', columns: ['part'] } as const;
    const key = { from: { ...from, where }, keys: [integer('id')], reference: parent, referenceKeys: [integer('id')] };
    const rows = await ask(duckdbUnmatchedRows({ kind: 'unmatched_rows', ...key, limit: 10 }, dialect));
    expect(rows).toHaveLength(5);
  });

  it('are those without a parent in Parquet files of bytes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aegis-keys-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = async (name: string, marks: number, rows: number) => {
      const path = join(folder, `${name}.parquet`);
      const select = `SELECT unhex(printf('%02X', 200 + i % ${marks})) AS mark, i % ${marks} AS id FROM range(${rows}) r(i)`;
      await duckdb.rows(`COPY (${select}) TO '${path}'`);
      return { kind: 'file', path, format: 'parquet' } as const;
    };
    for (const [children, parents] of [
      [1000, 19],
      [20, 1900],
    ] as const) {
      const [from, reference] = [{ table: await file('children', 20, children) }, await file('parents', 19, parents)];
      for (const keys of [[column('mark', 'bytes', 'BLOB')], [column('mark', 'bytes', 'BLOB'), integer('id')]]) {
        const key = { from, keys, reference, referenceKeys: keys };
        const unmatched = { unmatched_rows: String(children / 20), unmatched_keys: '1' };
        expect(await ask(duckdbUnmatchedCounts({ kind: 'unmatched_counts', ...key }, dialect))).toEqual([unmatched]);
        expect(await ask(unmatchedCounts({ kind: 'unmatched_counts', ...key }, dialect))).toEqual([unmatched]);
        const rows = { kind: 'unmatched_rows', ...key, limit: 100 } as const;
        expect(await ask(duckdbUnmatchedRows(rows, dialect))).toHaveLength(children / 20);
        expect(await ask(unmatchedRows(rows, dialect))).toHaveLength(children / 20);
      }
    }
  });
});
