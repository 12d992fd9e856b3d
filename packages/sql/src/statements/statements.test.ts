import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  AggregateExpression,
  ColumnExpression,
  ColumnKind,
  FileFormat,
  ScopedRelation,
  Statement,
} from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BaseDialect } from '../base-dialect.js';
import {
  aggregate,
  compare,
  countAll,
  countDistinct,
  countIf,
  isIn,
  isNull,
  literal,
  not,
  or,
  trim,
} from '../build.js';
import { duckdbDialect } from '../dialects/duckdb.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { keyDifferenceCounts } from './key-difference.js';
import { unmatchedRows } from './unmatched.js';

let duckdb: TestDuckDb;
const folder = mkdtempSync(join(tmpdir(), 'aegis-sql-'));
beforeAll(async () => {
  duckdb = await openDuckDb();
});
afterAll(() => {
  duckdb.close();
  rmSync(folder, { recursive: true });
});

const column = (name: string, kind: ColumnKind, native: string): ColumnExpression => ({
  kind: 'column',
  name,
  type: { kind, native },
});
const integer = (name: string) => column(name, 'integer', 'BIGINT');
const double = (name: string) => column(name, 'float', 'DOUBLE');
const text = (name: string) => column(name, 'text', 'VARCHAR');
const named = (...parts: string[]): ScopedRelation => ({ table: { kind: 'named', parts } });
const within = (from: ScopedRelation, sql: string): ScopedRelation => ({
  ...from,
  where: { kind: 'user_sql', sql, columns: [] },
});

const table = async (name: string, definition: string, ...rows: string[]): Promise<ScopedRelation> => {
  await duckdb.rows(`CREATE OR REPLACE TABLE "${name}" (${definition})`);
  if (rows.length > 0) await duckdb.rows(`INSERT INTO "${name}" VALUES ${rows.join(', ')}`);
  return named(name);
};

const comparable = (rows: readonly object[]): object[] =>
  JSON.parse(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
const ask = async (statement: Statement) => comparable(await duckdb.rows(duckdbDialect.statement(statement)));
const measure = async (from: ScopedRelation, ...expressions: AggregateExpression[]) => {
  const measures = expressions.map((expression, index) => ({ alias: `m${index}`, expression }));
  const [row] = await duckdb.rows(
    `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${duckdbDialect.statement({ kind: 'aggregate', from, measures })})`,
  );
  return Object.values(row ?? {}).map(String);
};

const standard = (): BaseDialect => {
  if (duckdbDialect instanceof BaseDialect) return duckdbDialect;
  throw new Error('not a dialect of ours');
};

describe('measures', () => {
  it('give one row, whether they share the scan or not', async () => {
    const from = await table('scan', 'x BIGINT, y DOUBLE', '(1, 1)', "(-1, 'nan')", '(NULL, NULL)');
    const isLow = countIf(compare(integer('x'), '<', literal('integer', '0')));
    expect(await measure(from, isLow)).toEqual(['1']);
    expect(await measure(from, isLow, isLow)).toEqual(['1', '1']);
    expect(await measure(from, isLow, countAll())).toEqual(['1', '3']);
    expect(await measure(within(from, 'x > 0'), isLow, countAll())).toEqual(['0', '1']);
  });

  it('give one row for an empty table', async () => {
    const from = await table('empty', 'x BIGINT');
    const isLow = countIf(compare(integer('x'), '<', literal('integer', '0')));
    expect(await measure(from, countAll(), isLow, aggregate('sum', integer('x')))).toEqual(['0', '0', 'null']);
  });

  it('sum beyond 64 bits exactly', async () => {
    const from = await table(
      'large',
      'x BIGINT, d DECIMAL(38,2)',
      "(9223372036854775807, '123456789012345678901234567890.25')",
      "(9223372036854775807, '0.5')",
    );
    const sums = await measure(
      from,
      aggregate('sum', integer('x')),
      aggregate('sum', column('d', 'decimal', 'DECIMAL(38,2)')),
    );
    expect(sums).toEqual(['18446744073709551614', '123456789012345678901234567890.75']);
  });

  it('count distinct text by code point and doubles with NaN equal to NaN and −0 to 0', async () => {
    const from = await table(
      'distinct',
      'a VARCHAR COLLATE NOCASE, d DOUBLE',
      "('a', 'nan')",
      "('A', '-nan')",
      "('a', 0)",
      "('b', '-0')",
    );
    const every = not(isNull(text('a')));
    expect(await measure(from, countDistinct(text('a'), every), countDistinct(double('d'), every))).toEqual(['3', '2']);
  });
});

describe('text', () => {
  it('compares by code point whatever the collation of the column', async () => {
    const from = await table('nocase', 'a VARCHAR COLLATE NOCASE', "('a')", "('A')", "('b')");
    const a = text('a');
    const least = aggregate('min', a);
    expect(await measure(from, countIf(compare(a, '=', literal('text', 'A'))))).toEqual(['1']);
    expect(await measure(from, countIf(isIn(a, [literal('text', 'A'), literal('text', 'B')])))).toEqual(['1']);
    expect(await measure(from, countIf(compare(a, '<', literal('text', 'a'))), least)).toEqual(['1', 'A']);
  });

  it('is trimmed of tab to carriage return, space and no-break space at both ends, and of nothing else', async () => {
    const kept = ['x', '\u2003x', 'x\u0085', 'a b', '\u200b'];
    const blank = ['', ' ', '\t\n\v\f\r \u00a0'];
    const values = [...kept, ...blank].map((value) => `(${duckdbDialect.expression(literal('text', value))})`);
    const from = await table('blank', 'a VARCHAR', ...values, '(NULL)');
    const isBlank = compare(trim(text('a')), '=', literal('text', ''));
    expect(await measure(from, countIf(isBlank), countIf(not(isBlank)))).toEqual(['3', '5']);
    const trimmed = duckdbDialect.expression(trim(literal('text', '\t\u00a0 a b\v\r')));
    expect(await duckdb.scalar(`SELECT ${trimmed}`)).toBe('a b');
  });
});

describe('foreign keys', () => {
  it('are not hidden by a NULL in the parent', async () => {
    const from = await table('child', 'x BIGINT', '(1)', '(99)', '(100)', '(NULL)');
    const parent = await table('parent', 'y INTEGER', '(1)', '(NULL)');
    const foreignKey = {
      from,
      keys: [integer('x')],
      reference: parent.table,
      referenceKeys: [column('y', 'integer', 'INTEGER')],
    };
    expect(await ask({ kind: 'unmatched_counts', ...foreignKey })).toEqual([
      { unmatched_rows: '2', unmatched_keys: '2' },
    ]);
    const rows = await ask({ kind: 'unmatched_rows', ...foreignKey, limit: 5 });
    expect(rows).toEqual(
      comparable(await duckdb.rows(unmatchedRows({ kind: 'unmatched_rows', ...foreignKey, limit: 5 }, standard()))),
    );
    expect(rows).toHaveLength(2);
  });

  it('of several columns ignore rows with any NULL and match whole keys only', async () => {
    const from = await table(
      'lines',
      'a VARCHAR, b VARCHAR',
      "('a', 'bc')",
      "('ab', 'c')",
      "('ab', NULL)",
      "('x', 'y')",
      "('x', 'y')",
    );
    const parent = await table('heads', 'a VARCHAR, b VARCHAR', "('a', 'bc')", "('ab', NULL)");
    const keys = [text('a'), text('b')];
    const counts = await ask({ kind: 'unmatched_counts', from, keys, reference: parent.table, referenceKeys: keys });
    expect(counts).toEqual([{ unmatched_rows: '3', unmatched_keys: '2' }]);
  });
});

describe('differences of keys', () => {
  const pair = async () => ({
    target: await table(
      'target',
      'k BIGINT, n VARCHAR COLLATE NOCASE',
      "(1, 'a')",
      "(2, 'B')",
      "(3, 'c')",
      "(3, 'c')",
      "(NULL, 'd')",
    ),
    targetKeys: [integer('k'), text('n')],
    source: await table(
      'source',
      'id INTEGER, name VARCHAR',
      "(7, 'x')",
      "(7, 'x')",
      "(8, 'y')",
      "(2, 'b')",
      "(1, 'a')",
      '(9, NULL)',
    ),
    sourceKeys: [column('id', 'integer', 'INTEGER'), text('name')],
  });

  it('count distinct keys of each side and rows with a NULL apart, in both forms', async () => {
    const statement = { kind: 'key_difference_counts', ...(await pair()) } as const;
    const expected = {
      missing_in_target: '3',
      missing_in_source: '2',
      null_in_source: '1',
      null_in_target: '1',
      rows_in_source: '6',
      rows_in_target: '5',
    };
    expect(await ask(statement)).toEqual([expected]);
    expect(comparable(await duckdb.rows(keyDifferenceCounts(statement, standard())))).toEqual([expected]);
  });

  it('show keys of both sides by turns, under the names of the target', async () => {
    const rows = await ask({ kind: 'key_difference_rows', ...(await pair()), limit: 3 });
    expect(rows).toEqual([
      { side: 'missing_in_source', k: '2', n: 'B' },
      { side: 'missing_in_target', k: '2', n: 'b' },
      { side: 'missing_in_source', k: '3', n: 'c' },
    ]);
  });

  it('of {1,2,3,NULL} and {7,8,NULL} are five keys', async () => {
    const target = await table('t', 'k BIGINT', '(7)', '(8)', '(NULL)');
    const source = await table('s', 'k BIGINT', '(1)', '(2)', '(3)', '(NULL)');
    const keys = [integer('k')];
    const [row] = await ask({ kind: 'key_difference_counts', target, targetKeys: keys, source, sourceKeys: keys });
    expect(row).toMatchObject({
      missing_in_target: '3',
      missing_in_source: '2',
      null_in_source: '1',
      null_in_target: '1',
    });
  });
});

describe('hashes of keys', () => {
  it('are as many as the keys, with NaN equal to NaN, −0 to 0 and text by code point', async () => {
    const from = await table(
      'hashed',
      'd DOUBLE, a VARCHAR COLLATE NOCASE',
      "('nan', 'a')",
      "('-nan', 'a')",
      "(0, 'a')",
      "('-0', 'a')",
      "(0, 'A')",
      "(NULL, 'a')",
    );
    expect(await ask({ kind: 'key_hashes', from, keys: [double('d'), text('a')] })).toEqual([
      { complete: '5', distinct_hashes: '3' },
    ]);
  });
});

describe('rows', () => {
  it('are those for which the condition is true, in the scope', async () => {
    const from = await table('some', 'x BIGINT, y BIGINT', '(1, 1)', '(2, NULL)', '(NULL, 3)');
    const condition = or(isNull(integer('x')), isNull(integer('y')));
    expect(await ask({ kind: 'rows', from, condition, limit: 5 })).toHaveLength(2);
    expect(await ask({ kind: 'rows', from: within(from, 'x = 1 OR x = 2'), condition, limit: 5 })).toEqual([
      { x: '2', y: null },
    ]);
    expect(await ask({ kind: 'rows', from, columns: [integer('y')], limit: 1 })).toEqual([{ y: '1' }]);
  });
});

describe('a sample', () => {
  const sample = (from: ScopedRelation, rowCount: string, limit: number) =>
    ask({ kind: 'row_sample', from, columns: [integer('x')], rowCount, limit });

  it('is every row when there are not more', async () => {
    const from = await table('small', 'x BIGINT', '(3)', '(1)', '(NULL)', '(1)');
    expect(await sample(from, '4', 4)).toEqual([{ x: '1' }, { x: '1' }, { x: '3' }]);
  });

  it('has exactly the limit, spread over the values, whatever order the rows are kept in', async () => {
    const from = await table('spread', 'x BIGINT', '(-1)');
    await duckdb.rows('INSERT INTO spread SELECT i FROM range(999) r(i) ORDER BY hash(i)');
    const first = await sample(from, '1000', 7);
    await duckdb.rows('CREATE OR REPLACE TABLE spread AS SELECT * FROM spread ORDER BY x DESC');
    expect(await sample(from, '1000', 7)).toEqual(first);
    const values = first.map((row) => Number(Object.values(row)[0]));
    const gaps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
    expect(values).toHaveLength(7);
    expect(gaps.every((gap) => gap === 142 || gap === 143)).toBe(true);
  });
});

describe('queries', () => {
  it('are counted and shown without reading what they say', async () => {
    expect(await ask({ kind: 'query_count', sql: 'SELECT 1 AS x UNION ALL SELECT 2' })).toEqual([{ returned: '2' }]);
    expect(
      await ask({ kind: 'query_rows', sql: 'SELECT 1 AS x UNION ALL SELECT 2 ORDER BY 1 DESC', limit: 1 }),
    ).toEqual([{ x: 2 }]);
  });
});

describe('files', () => {
  const file = (name: string, format: FileFormat, content?: string): ScopedRelation => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return { table: { kind: 'file', path, format } };
  };
  const kindsOf = async (from: ScopedRelation) => {
    const columns = await duckdb.rows(duckdbDialect.describeSql(from.table));
    return columns.map((row) => `${row.column_name} ${duckdbDialect.columnType(String(row.data_type)).kind}`);
  };

  it('of JSON may be an array of objects with members of changing types', async () => {
    const from = file(
      'films.json',
      'json',
      '[{"title": "A", "year": 1998, "score": null}, {"title": 1984, "year": 1999, "score": 7.5}]',
    );
    expect(await kindsOf(from)).toEqual(['title json', 'year integer', 'score float']);
    expect(await measure(from, countAll(), countIf(isNull(double('score'))))).toEqual(['2', '1']);
  });

  it('of CSV have types that hold for every line', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `${index},${index === 29_999 ? 'n/a' : index}`);
    const from = file("it's.csv", 'csv', `id,code\n${lines.join('\n')}\n`);
    expect(await kindsOf(from)).toEqual(['id integer', 'code text']);
    expect(await ask({ kind: 'key_counts', from, keys: [integer('id')] })).toEqual([
      { complete: '30000', distinct_keys: '30000', duplicate_keys: '0', duplicate_rows: '0' },
    ]);
  });

  it('of Parquet are read like tables', async () => {
    const from = file('orders.parquet', 'parquet');
    await duckdb.rows(
      `COPY (SELECT i AS id, if(i = 1, 0, i) AS code FROM range(10) r(i)) TO '${join(folder, 'orders.parquet')}'`,
    );
    const isLow = countIf(compare(integer('id'), '<', literal('integer', '3')));
    expect(await measure(from, countAll(), isLow)).toEqual(['10', '3']);
    expect(await ask({ kind: 'duplicate_keys', from, keys: [integer('code')], limit: 3 })).toEqual([
      { code: '0', occurrences: '2' },
    ]);
  });
});
