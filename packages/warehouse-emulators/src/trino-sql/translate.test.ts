import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LexError } from '../engine/cut-tokens.js';
import { DuckDbEngine } from '../engine/duckdb-engine.js';
import { NotCoveredError } from '../engine/not-covered.js';
import { lex } from './lex.js';
import { macroStatements } from './macros.js';
import { translate } from './translate.js';

let engine: DuckDbEngine;

beforeAll(async () => {
  engine = await DuckDbEngine.open({
    catalogue: 'hive',
    setup: macroStatements('hive'),
    settings: ["SET TimeZone = 'UTC'", 'SET integer_division = true'],
  });
});
afterAll(() => engine.close());

const scalarOf = async (sql: string): Promise<string> => {
  const { rows } = await engine.run(translate(`SELECT ${sql}`).sql);
  return String(rows[0]?.[0]);
};

describe('tokens', () => {
  it.each([
    [`'it''s'`, 'text', "it's"],
    [`U&'\\0009\\\\\\+01F600'`, 'text', '\t\\😀'],
    [`X'41 42'`, 'bytes', '4142'],
    [`"a""b"`, 'identifier', 'a"b'],
    ['1.5e-7', 'number', '1.5e-7'],
    ['order_id', 'word', 'order_id'],
  ])('%s is a %s', (sql, kind, value) => {
    expect(lex(`/* a */ ${sql} -- b`)).toEqual([{ kind, value }]);
  });

  it.each(["'open", '"open', '`x`', 'é'])('%s is refused', (sql) => {
    expect(() => lex(sql)).toThrow(LexError);
  });
});

describe('what our dialect writes means on DuckDB what it means on Trino', () => {
  it.each([
    ["DECIMAL '1234567890123456789012345678.0123456789'", '1234567890123456789012345678.0123456789'],
    ["TIMESTAMP '2024-01-31 10:00:00.25 UTC' = TIMESTAMP '2024-01-31 11:00:00.25 +01:00'", 'true'],
    ["CAST(ARRAY['a', 'b'] AS JSON)", '["a","b"]'],
    ["CAST('a' AS JSON)", '"a"'],
    ['count(*) FROM (VALUES (1), (2)) AS t (x) GROUP BY GROUPING SETS ((x), ()) ORDER BY grouping(x) DESC', '2'],
    ["CAST(TIMESTAMP '2024-01-31 10:00:00.5' AS VARCHAR)", '2024-01-31 10:00:00.500000'],
    ["CAST(CAST('2024-01-31 10:00:00.5' AS timestamp(3)) AS VARCHAR)", '2024-01-31 10:00:00.500'],
    ["CAST(CAST('2024-01-31 10:00:00' AS timestamp(0)) AS VARCHAR)", '2024-01-31 10:00:00'],
    ["CAST(CAST('2024-01-31 10:00:00.123456789' AS timestamp(9)) AS VARCHAR)", '2024-01-31 10:00:00.123456789'],
    ["CAST(TIMESTAMP '2024-01-31 10:00:00 +01:00' AS VARCHAR)", '2024-01-31 09:00:00.000000 UTC'],
    ["CAST(CAST('10:00:00' AS time(6)) AS VARCHAR)", '10:00:00.000000'],
    ["CAST(CAST('0.1' AS DOUBLE) AS VARCHAR)", '1.0E-1'],
    ["CAST(CAST('-0' AS DOUBLE) AS VARCHAR)", '-0.0E0'],
    ["CAST(CAST('0' AS DOUBLE) AS VARCHAR)", '0.0E0'],
    ["CAST(CAST('1234.5' AS DOUBLE) AS VARCHAR)", '1.2345E3'],
    ["CAST(CAST('-1e300' AS DOUBLE) AS VARCHAR)", '-1.0E300'],
    ["CAST(CAST('100' AS DOUBLE) AS VARCHAR)", '1.0E2'],
    ["CAST(CAST('0.00123' AS DOUBLE) AS VARCHAR)", '1.23E-3'],
    ["CAST(CAST('123456789012345678' AS DOUBLE) AS VARCHAR)", '1.2345678901234568E17'],
    ["CAST(CAST('NaN' AS DOUBLE) AS VARCHAR)", 'NaN'],
    ["CAST(CAST('-Infinity' AS DOUBLE) AS VARCHAR)", '-Infinity'],
    ["CAST(CAST(CAST('1.255' AS DOUBLE) AS VARCHAR) AS DECIMAL(38, 2))", '1.26'],
    ["from_big_endian_64(to_ieee754_64(CAST('-1.5' AS DOUBLE)))", '-4613937818241073152'],
    ["to_hex(md5(to_utf8('é')))", '66DDCD97CFDEABB2F6FB8A999B4BC76F'],
    ["from_base(substr(to_hex(md5(to_utf8('é'))), 1, 15), 16)", '463269163352058555'],
    ["substr('abcdef', -3)", 'def'],
    ["substr('ab', -3)", ''],
    ["concat('a', NULL)", 'null'],
    ['7 / 2', '3'],
    ["date_diff('second', TIME '00:00:00', date_trunc('second', CAST('10:00:00.9' AS time(6))))", '36000'],
    ["date_diff('day', DATE '1970-01-01', DATE '1969-12-31')", '-1'],
    ["CAST(TIMESTAMP '2024-01-31 10:00:00 +01:00' AT TIME ZONE 'UTC' AS timestamp(6))", '2024-01-31 09:00:00'],
    ["trim(BOTH U&'\\0009\\0020\\00A0' FROM '\t x\u00a0')", 'x'],
    ["regexp_like('ab', '\\A(?:[Aa]|[0-9]+)[^\\u000a]\\z')", 'true'],
    ["regexp_like('a bc', '(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))bc')", 'true'],
    ["xxhash64(to_utf8('a')) = xxhash64(to_utf8('b'))", 'false'],
    ['is_nan(nan())', 'true'],
    ["is_finite(CAST('Infinity' AS DOUBLE))", 'false'],
    ["X'41' = to_utf8('A')", 'true'],
    ['contains(ARRAY[1, 2], 2)', 'true'],
    ["element_at(MAP(ARRAY['a'], ARRAY[1]), 'a')", '1'],
    ['greatest(1, NULL)', 'null'],
  ])('%s is %s', async (sql, expected) => {
    expect(await scalarOf(sql)).toBe(expected);
  });

  it('makes tables of every type, with names in lower case', async () => {
    const columns =
      'Id bigint NOT NULL, "Amount" decimal(18,2), at timestamp(6) with time zone, tags array(varchar(10)), m map(varchar, integer), r row(a integer, "B c" double)';
    await engine.run(translate(`CREATE TABLE "Orders" (${columns}) WITH (format = 'PARQUET')`).sql);
    const { columns: found } = await engine.run(translate('SELECT * FROM orders').sql);
    expect(found.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id BIGINT',
      'amount DECIMAL(18,2)',
      'at TIMESTAMP WITH TIME ZONE',
      'tags VARCHAR[]',
      'm MAP(VARCHAR, INTEGER)',
      'r STRUCT("a" INTEGER, "B c" DOUBLE)',
    ]);
  });
});

it('adds columns to tables', async () => {
  await engine.run(translate('CREATE TABLE grown (a integer)').sql);
  await engine.run(translate('ALTER TABLE grown ADD COLUMN "B" timestamp(3) with time zone').sql);
  const { columns } = await engine.run(translate('SELECT * FROM grown').sql);
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['a INTEGER', 'b TIMESTAMP WITH TIME ZONE']);
});

describe('what cannot be changed token by token', () => {
  it.each([
    'SELECT * FROM t CROSS JOIN UNNEST(a) AS u(x)',
    'SELECT transform(a, x -> x + 1) FROM t',
    'SELECT ?',
    'SELECT 1; SELECT 2',
    "SELECT at AT TIME ZONE 'Asia/Tokyo' FROM t",
    "SELECT regexp_like(a, '(?=b)') FROM t",
    "SELECT regexp_like(a, '\\w') FROM t",
    'SELECT regexp_like(a, b) FROM t',
    'SELECT no_such_function(a) FROM t',
    'SELECT CAST(a AS varchar(3)) FROM t',
    'SELECT * FROM t FOR VERSION AS OF 1',
    "SELECT DECIMAL '123456789012345678901234567890123456789'",
  ])('is not covered: %s', (sql) => {
    expect(() => translate(sql)).toThrow(NotCoveredError);
  });
});

it.each([
  ['SELECT 1', 'SELECT'],
  ['(VALUES 1)', 'SELECT'],
  ['WITH a AS (SELECT 1) TABLE a', 'SELECT'],
  ['insert into t values (1)', 'INSERT'],
  ['CREATE OR REPLACE VIEW v AS SELECT 1', 'CREATE_VIEW'],
  ['DROP TABLE t', 'DROP_TABLE'],
  ['START TRANSACTION READ ONLY', 'START'],
  ['EXPLAIN SELECT 1', 'EXPLAIN'],
])('%s is a %s', (sql, type) => {
  expect(translate(sql).statementType).toBe(type);
});
