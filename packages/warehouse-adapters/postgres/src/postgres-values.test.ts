import type { Warehouse } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase, seedDatabase } from './__fixtures__/test-database.js';
import { postgres } from './index.js';

let warehouse: Warehouse;
beforeAll(async () => {
  const url = await newDatabase();
  await seedDatabase(
    url,
    "CREATE TYPE mood AS ENUM ('sad', 'ok')",
    'CREATE DOMAIN cents AS bigint CHECK (VALUE >= 0)',
    `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET DateStyle = 'German, DMY'`,
    `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET TimeZone = 'Asia/Kathmandu'`,
  );
  warehouse = postgres({ url });
});
afterAll(() => warehouse.close?.());

describe('a value of each type, whatever the settings of the database', () => {
  it.each<[string, unknown]>([
    ['NULL', null],
    ['true', true],
    ['(-32768)::smallint', -32_768],
    ['2147483647', 2_147_483_647],
    ['1::bigint', '1'],
    ['9223372036854775807', '9223372036854775807'],
    ['7::cents', '7'],
    ["'4294967295'::oid", 4_294_967_295],
    ['0.10::numeric(10,2)', '0.10'],
    ['12345678901234567890123456789012345678901234567890.5', '12345678901234567890123456789012345678901234567890.5'],
    ["'NaN'::numeric", 'NaN'],
    ["'-Infinity'::numeric", '-Infinity'],
    ['0.1::real', 0.1],
    ['0.1::float8 + 0.2::float8', 0.1 + 0.2],
    ["'-0'::float8", 0],
    ["'NaN'::float8", 'NaN'],
    ["'-Infinity'::float4", '-Infinity'],
    ["'o''k – 漢字 🦆'", "o'k – 漢字 🦆"],
    ["'ab'::char(4)", 'ab  '],
    ["'2026-02-28'::date", '2026-02-28'],
    ["'infinity'::date", 'Infinity'],
    ["'0044-03-15 BC'::date", '-000043-03-15'],
    ["'0001-12-31 BC'::date", '0000-12-31'],
    ["'12026-01-01'::date", '+012026-01-01'],
    ["'24:00:00'::time", '24:00:00'],
    ["'12:34:56.789'::time", '12:34:56.789'],
    ["'12:34:56+05:45'::timetz", '12:34:56+05:45'],
    ["'12:34:56-02'::timetz", '12:34:56-02:00'],
    ["'2026-01-15 12:00:00'::timestamp", '2026-01-15T12:00:00'],
    ["'2026-01-15 12:00:00.123456'::timestamp", '2026-01-15T12:00:00.123456'],
    ["'-infinity'::timestamp", '-Infinity'],
    ["'0044-03-15 10:00:00 BC'::timestamp", '-000043-03-15T10:00:00'],
    ["'2026-07-15 12:00:00.000001+05:45'::timestamptz", '2026-07-15T06:15:00.000001Z'],
    ["'0044-03-15 10:00:00+00 BC'::timestamptz", '-000043-03-15T10:00:00Z'],
    ["'infinity'::timestamptz", 'Infinity'],
    ["'14 months 3 days 04:05:06.5'::interval", 'P1Y2M3DT4H5M6.5S'],
    ["'0'::interval", 'PT0S'],
    ["'\\x00ff'::bytea", 'AP8='],
    ["'4AC7A9E9-607C-4C8A-84F3-843F0191E3FD'::uuid", '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'],
    ["'ok'::mood", 'ok'],
    ["B'0101'", '0101'],
    ['\'{"a": [1,  null]}\'::json', '{"a": [1,  null]}'],
    ['\'{"b": 1e400}\'::jsonb', `{"b": 1${'0'.repeat(400)}}`],
    ['ARRAY[1::bigint, NULL]', ['1', null]],
    [
      'ARRAY[[1, 2], [3, 4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["'[0:1]={1,2}'::int[]", [1, 2]],
    ["ARRAY['a,b', '\"', NULL, 'NULL', '']", ['a,b', '"', null, 'NULL', '']],
    ["ARRAY['NaN'::float8, 1.5]", ['NaN', 1.5]],
    ["ARRAY['2026-01-15 12:00:00+05:45'::timestamptz]", ['2026-01-15T06:15:00Z']],
    ["ARRAY['\\x00ff'::bytea]", ['AP8=']],
    ['ARRAY[true, false]', [true, false]],
    ['ROW(1, NULL)', '(1,)'],
    ["'[1,5)'::int4range", '[1,5)'],
    ['count(*)', '1'],
    ['sum(1)', '1'],
    ['avg(1)', '1.00000000000000000000'],
  ])('%s', async (sql, expected) => {
    const cell = await warehouse.executeScalar(`SELECT ${sql}`);
    expect(cell).toEqual(expected);
    expect(JSON.parse(JSON.stringify(cell))).toEqual(cell);
    expect(Object.is(cell, -0)).toBe(false);
  });
});

it('keeps every column when names repeat', async () => {
  expect(await warehouse.executeSample('SELECT 1 AS id, 2 AS id', 1)).toEqual([{ id: 1, id_2: 2 }]);
});
