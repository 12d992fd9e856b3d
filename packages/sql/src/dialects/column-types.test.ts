import type { ColumnKind } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { builtInDialects, type DialectName } from './index.js';

type Kinds = { readonly [kind in ColumnKind]?: readonly string[] };

/** Native names of each kind, as each engine's catalogue spells them. */
const natives: Readonly<Record<Exclude<DialectName, 'trino'>, Kinds>> = {
  duckdb: {
    integer: [
      'TINYINT',
      'SMALLINT',
      'INTEGER',
      'BIGINT',
      'HUGEINT',
      'UTINYINT',
      'USMALLINT',
      'UINTEGER',
      'UBIGINT',
      'UHUGEINT',
    ],
    decimal: ['DECIMAL(18,3)', 'DECIMAL(38,0)'],
    float: ['FLOAT', 'DOUBLE'],
    text: ['VARCHAR', "ENUM('a', 'b[]', 'c(')"],
    boolean: ['BOOLEAN'],
    date: ['DATE'],
    time: ['TIME'],
    timestamp: ['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS'],
    timestamptz: ['TIMESTAMP WITH TIME ZONE'],
    uuid: ['UUID'],
    bytes: ['BLOB'],
    json: ['JSON'],
    array: ['INTEGER[]', 'VARCHAR[3]', 'STRUCT(a INTEGER)[]'],
    struct: ['STRUCT(a INTEGER, b VARCHAR)', 'MAP(VARCHAR, INTEGER)', 'UNION(num INTEGER, str VARCHAR)'],
    interval: ['INTERVAL'],
    other: ['BIT', 'TIME WITH TIME ZONE', 'BIGNUM', 'GEOMETRY', '"NULL"'],
  },
  postgres: {
    integer: ['smallint', 'integer', 'bigint', 'int2', 'int4', 'int8', 'oid'],
    decimal: ['numeric', 'numeric(10,2)', 'decimal'],
    float: ['real', 'double precision', 'float4', 'float8'],
    text: [
      'text',
      'character varying',
      'character varying(20)',
      'character(3)',
      'bpchar',
      'name',
      '"char"',
      'citext',
      'enum mood',
    ],
    boolean: ['boolean', 'bool'],
    date: ['date'],
    time: ['time without time zone', 'time(1) without time zone'],
    timestamp: ['timestamp without time zone', 'timestamp(3) without time zone', 'timestamp'],
    timestamptz: ['timestamp with time zone', 'timestamp(2) with time zone', 'timestamptz'],
    uuid: ['uuid'],
    bytes: ['bytea'],
    json: ['json', 'jsonb'],
    array: ['integer[]', '_int4', 'mood[]', 'ARRAY'],
    interval: ['interval', 'interval day to second'],
    other: ['money', 'inet', 'bit(3)', 'time with time zone', 'tsvector', 'int4range', 'xml', 'pair'],
  },
  bigquery: {
    integer: ['INT64', 'INTEGER'],
    decimal: ['NUMERIC', 'NUMERIC(10, 2)', 'BIGNUMERIC', 'BIGNUMERIC(60)'],
    float: ['FLOAT64', 'FLOAT'],
    text: ['STRING', 'STRING(10)'],
    boolean: ['BOOL', 'BOOLEAN'],
    date: ['DATE'],
    time: ['TIME'],
    timestamp: ['DATETIME'],
    timestamptz: ['TIMESTAMP'],
    bytes: ['BYTES', 'BYTES(5)'],
    json: ['JSON'],
    array: ['ARRAY<INT64>', 'ARRAY<STRUCT<a INT64, b STRING>>'],
    struct: ['STRUCT<a INT64>', 'RECORD'],
    interval: ['INTERVAL'],
    other: ['GEOGRAPHY', 'RANGE<DATE>'],
  },
  databricks: {
    integer: ['tinyint', 'smallint', 'int', 'bigint', 'byte', 'short', 'long'],
    decimal: ['decimal(10,2)', 'decimal'],
    float: ['float', 'double'],
    text: ['string', 'varchar(20)', 'char(3)', 'string collate UNICODE_CI'],
    boolean: ['boolean'],
    date: ['date'],
    timestamp: ['timestamp_ntz'],
    timestamptz: ['timestamp'],
    bytes: ['binary'],
    json: ['variant'],
    array: ['array<int>', 'array<struct<a:int>>'],
    struct: ['struct<a:int,b:string>', 'map<string,int>'],
    interval: ['interval day to second', 'interval year'],
    other: ['void', 'geography(4326)'],
  },
  athena: {
    integer: ['tinyint', 'smallint', 'integer', 'int', 'bigint'],
    decimal: ['decimal(10,2)'],
    float: ['real', 'double', 'float'],
    text: ['varchar', 'varchar(20)', 'char(3)', 'string'],
    boolean: ['boolean'],
    date: ['date'],
    time: ['time(3)'],
    timestamp: ['timestamp(3)', 'timestamp'],
    timestamptz: ['timestamp(3) with time zone'],
    uuid: ['uuid'],
    bytes: ['varbinary', 'binary'],
    json: ['json'],
    array: ['array(integer)', 'array(row(a integer, b varchar(3)))', 'array<string>'],
    struct: ['row(a integer)', 'map(varchar, integer)', 'struct<a:int>'],
    interval: ['interval day to second', 'interval year to month'],
    other: ['ipaddress', 'time(3) with time zone', 'HyperLogLog'],
  },
};

const rows = Object.entries(natives).flatMap(([dialect, kinds]) =>
  Object.entries(kinds).flatMap(([kind, names]) =>
    names.map((native) => [dialect as DialectName, native, kind] as const),
  ),
);

describe('column types', () => {
  it.each(rows)('of %s: %s is %s', (dialect, native, kind) => {
    expect(builtInDialects[dialect].columnType(native)).toEqual({ kind, native });
  });
});

describe('a DuckDB table', () => {
  let duckdb: TestDuckDb;
  beforeAll(async () => {
    duckdb = await openDuckDb(
      `CREATE TYPE mood AS ENUM ('a', 'B')`,
      `CREATE TABLE "Shop Orders" (id BIGINT NOT NULL, amount DECIMAL(18,2), feeling mood, tags VARCHAR[], doc JSON, at TIMESTAMPTZ)`.replace(
        ' at ',
        ' "at" ',
      ),
      'CREATE SCHEMA crm',
      'CREATE TABLE crm."Shop Orders" (other INTEGER)',
      'CREATE VIEW seen AS SELECT 1 AS one',
    );
  });
  afterAll(() => duckdb.close());

  const describeTable = async (...parts: string[]) => {
    const { duckdb: dialect } = builtInDialects;
    const found = await duckdb.rows(dialect.describeSql({ kind: 'named', parts }));
    return found.map(
      (row) => `${row.column_name} ${dialect.columnType(String(row.data_type)).kind} ${row.is_nullable}`,
    );
  };

  it('is described in its order, by any spelling of its name', async () => {
    const columns = [
      'id integer NO',
      'amount decimal YES',
      'feeling text YES',
      'tags array YES',
      'doc json YES',
      'at timestamptz YES',
    ];
    expect(await describeTable('Shop Orders')).toEqual(columns);
    expect(await describeTable('main', 'SHOP ORDERS')).toEqual(columns);
    expect(await describeTable('memory', 'Shop Orders')).toEqual(columns);
    expect(await describeTable('memory', 'main', 'shop orders')).toEqual(columns);
  });

  it('is the one of its schema', async () => {
    expect(await describeTable('crm', 'Shop Orders')).toEqual(['other integer YES']);
  });

  it('may be a view', async () => {
    expect(await describeTable('seen')).toEqual(['one integer YES']);
  });

  it('that is not there has no columns', async () => {
    expect(await describeTable('nowhere')).toEqual([]);
    expect(await describeTable('nowhere', 'Shop Orders')).toEqual([]);
    expect(await describeTable("x'; DROP TABLE seen; --")).toEqual([]);
  });
});
