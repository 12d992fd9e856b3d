import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

const warehouse = duckdb({ timezone: 'Asia/Kathmandu' });
beforeAll(() => warehouse.connect());
afterAll(() => warehouse.close?.());

describe('a value of each type', () => {
  it.each<[string, unknown]>([
    ['NULL', null],
    ['true', true],
    ['(-128)::TINYINT', -128],
    ['65535::USMALLINT', 65_535],
    ['(-2147483648)::INTEGER', -2_147_483_648],
    ['4294967295::UINTEGER', 4_294_967_295],
    ['1::BIGINT', '1'],
    ['9223372036854775807::BIGINT', '9223372036854775807'],
    ['18446744073709551615::UBIGINT', '18446744073709551615'],
    ['(-170141183460469231731687303715884105728)::HUGEINT', '-170141183460469231731687303715884105728'],
    ['340282366920938463463374607431768211455::UHUGEINT', '340282366920938463463374607431768211455'],
    ["'123456789012345678901234567890123456789012345'::BIGNUM", '123456789012345678901234567890123456789012345'],
    ['-0.05::DECIMAL(4,2)', '-0.05'],
    ["'12345678901234567890123456789.012345678'::DECIMAL(38,9)", '12345678901234567890123456789.012345678'],
    ['1::DECIMAL(38,0)', '1'],
    ['0.1::FLOAT', 0.1],
    ['16777217::FLOAT', 16_777_216],
    ['0.1::DOUBLE', 0.1],
    ['-0.0::DOUBLE', 0],
    ["'NaN'::DOUBLE", 'NaN'],
    ["'inf'::DOUBLE", 'Infinity'],
    ["'-inf'::FLOAT", '-Infinity'],
    ["'o''k – 漢字 🦆'", "o'k – 漢字 🦆"],
    ["'2026-02-28'::DATE", '2026-02-28'],
    ["'infinity'::DATE", 'Infinity'],
    ["'-infinity'::DATE", '-Infinity'],
    ["'0044-03-15 (BC)'::DATE", '-000043-03-15'],
    ["'0001-12-31 (BC)'::DATE", '0000-12-31'],
    ["'24:00:00'::TIME", '24:00:00'],
    ["'12:34:56.789'::TIME", '12:34:56.789'],
    ["'12:34:56.123456789'::TIME_NS", '12:34:56.123456789'],
    ["'12:34:56+05:45'::TIMETZ", '12:34:56+05:45'],
    ["'2026-01-15 12:00:00'::TIMESTAMP", '2026-01-15T12:00:00'],
    ["'2026-01-15 12:00:00.123456'::TIMESTAMP", '2026-01-15T12:00:00.123456'],
    ["'1969-12-31 23:59:59.999999'::TIMESTAMP", '1969-12-31T23:59:59.999999'],
    ["'290309-12-22 (BC) 00:00:01'::TIMESTAMP", '-290308-12-22T00:00:01'],
    ["'infinity'::TIMESTAMP", 'Infinity'],
    ["'2026-01-15 12:00:00'::TIMESTAMP_S", '2026-01-15T12:00:00'],
    ["'2026-01-15 12:00:00.25'::TIMESTAMP_MS", '2026-01-15T12:00:00.25'],
    ["'2026-01-15 12:00:00.123456789'::TIMESTAMP_NS", '2026-01-15T12:00:00.123456789'],
    ["'2026-01-15 12:00:00+05:45'::TIMESTAMPTZ", '2026-01-15T06:15:00Z'],
    ["'-infinity'::TIMESTAMPTZ", '-Infinity'],
    ["INTERVAL '14 months 3 days 04:05:06.5'", 'P1Y2M3DT4H5M6.5S'],
    ["'\\x00\\xFF'::BLOB", 'AP8='],
    ["'4AC7A9E9-607C-4C8A-84F3-843F0191E3FD'::UUID", '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'],
    ["'b'::ENUM('a', 'b')", 'b'],
    ["'0101'::BIT", '0101'],
    ['\'{"a": [1, null]}\'::JSON', '{"a": [1, null]}'],
    ['[1::BIGINT, NULL]', ['1', null]],
    ['[1, 2]::INTEGER[2]', [1, 2]],
    ["{'a': 1::BIGINT, 'b': 'nan'::DOUBLE}", { a: '1', b: 'NaN' }],
    ["MAP {'k': DATE '2026-01-01'}", [{ key: 'k', value: '2026-01-01' }]],
    ['union_value(n := 1::BIGINT)', { tag: 'n', value: '1' }],
    ["{'a': 1, 'b': [DATE '2026-01-01']}::VARIANT", { a: 1, b: ['2026-01-01'] }],
    ['sum(1::BIGINT)', '1'],
    ['count(*)', '1'],
  ])('%s', async (sql, expected) => {
    const cell = await warehouse.executeScalar(`SELECT ${sql}`);
    expect(cell).toEqual(expected);
    expect(JSON.parse(JSON.stringify(cell))).toEqual(cell);
    expect(Object.is(cell, -0)).toBe(false);
  });
});

it('decides by the type of the column, never by the value', async () => {
  const rows = await warehouse.executeSample(
    'SELECT x FROM (VALUES (1::BIGINT), (9007199254740993)) t(x) ORDER BY x',
    5,
  );
  expect(rows).toEqual([{ x: '1' }, { x: '9007199254740993' }]);
});

it('keeps every column when names repeat', async () => {
  const [row] = await warehouse.executeSample('SELECT 1 AS id, 2 AS id, 3 AS id_2, 4 AS id', 1);
  expect(row).toEqual({ id: 1, id_2: 2, id_2_2: 3, id_3: 4 });
});

it('keeps columns whose names mean something to JavaScript', async () => {
  const [row = {}] = await warehouse.executeSample('SELECT 1 AS "__proto__", 2 AS "constructor"', 1);
  expect(Object.entries(row)).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ]);
});

it('gives the first column of the first row even when names sort differently', async () => {
  expect(await warehouse.executeScalar('SELECT 7 AS "2", 8 AS "1"')).toBe(7);
});

it.each(['DATE', 'TIMESTAMP', 'TIMESTAMPTZ'])(
  'reads the largest of infinitely early values as one: %s',
  async (type) => {
    const path = await seedDatabase(
      join(await temporaryFolder(), 'early.duckdb'),
      `CREATE TABLE t AS SELECT '-infinity'::${type} AS moment`,
    );
    const early = duckdb({ path });
    onTestFinished(() => early.close?.());
    expect(await early.executeScalar('SELECT max(moment) FROM t')).toBe('-Infinity');
  },
);
