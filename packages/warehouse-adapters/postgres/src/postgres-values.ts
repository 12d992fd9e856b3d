import type { Cell } from '@aegis/spec';
import { parse as parseArray } from 'postgres-array';

/** Text as the server sent it → {@link Cell}, decided by the type's object id. */
export type CellReader = (text: string) => Cell;

/** Numbers of built-in types, which never change: src/include/catalog/pg_type.dat. */
const oid = {
  ...{ bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, text: 25, oid: 26, json: 114, float4: 700, float8: 701 },
  ...{ varchar: 1043, date: 1082, time: 1083, timestamp: 1114, timestamptz: 1184, interval: 1186, timetz: 1266 },
  ...{ numeric: 1700, uuid: 2950, jsonb: 3802 },
} as const;

/** Array types by the type of their elements. */
const arrays: readonly (readonly [array: number, element: number])[] = [
  ...([
    [1000, oid.bool],
    [1001, oid.bytea],
    [1016, oid.int8],
    [1005, oid.int2],
    [1007, oid.int4],
  ] as const),
  ...([
    [1009, oid.text],
    [1028, oid.oid],
    [199, oid.json],
    [1021, oid.float4],
    [1022, oid.float8],
  ] as const),
  ...([
    [1015, oid.varchar],
    [1182, oid.date],
    [1183, oid.time],
    [1115, oid.timestamp],
  ] as const),
  ...([
    [1185, oid.timestamptz],
    [1187, oid.interval],
    [1270, oid.timetz],
    [1231, oid.numeric],
  ] as const),
  ...([
    [2951, oid.uuid],
    [3807, oid.jsonb],
  ] as const),
];

const asText: CellReader = (text) => text;
/** `-0` would not survive JSON, so it is 0. */
const float: CellReader = (text) => (/^(NaN|-?Infinity)$/.test(text) ? text : Number(text) + 0);
const bytes: CellReader = (text) => Buffer.from(text.slice('\\x'.length), 'hex').toString('base64');
const boolean: CellReader = (text) => text === 't';

/** `0044-03-15 BC` → `-000043-03-15`: ISO 8601 has a year 0, and signs years outside 0000–9999. */
const date: CellReader = (text) => {
  if (text.endsWith('infinity')) return infinity(text);
  const isBeforeChrist = text.endsWith(' BC');
  const [, year = '', rest = ''] = /^(\d+)(.*?)(?: BC)?$/.exec(text) ?? [];
  const isoYear = isBeforeChrist ? 1 - Number(year) : Number(year);
  if (isoYear >= 0 && isoYear <= 9999) return String(isoYear).padStart(4, '0') + rest;
  return `${isoYear < 0 ? '-' : '+'}${String(Math.abs(isoYear)).padStart(6, '0')}${rest}`;
};

const timestamp: CellReader = (text) => String(date(text)).replace(' ', 'T');

/** The session's zone is UTC, so the offset is always `+00`. */
const timestamptz: CellReader = (text) => String(timestamp(text)).replace(/\+00$/, 'Z');

const infinity = (text: string): string => (text.startsWith('-') ? '-Infinity' : 'Infinity');

/** `12:00:00+02` → `12:00:00+02:00`. */
const timetz: CellReader = (text) => text.replace(/([+-]\d\d)$/, '$1:00');

const scalarReaders: ReadonlyMap<number, CellReader> = new Map([
  [oid.bool, boolean],
  [oid.bytea, bytes],
  [oid.int2, Number],
  [oid.int4, Number],
  [oid.oid, Number],
  [oid.float4, float],
  [oid.float8, float],
  [oid.date, date],
  [oid.timestamp, timestamp],
  [oid.timestamptz, timestamptz],
  [oid.timetz, timetz],
]);

const arrayReader =
  (element: CellReader): CellReader =>
  (text) =>
    parseArray<Cell>(text, element);

const readers: ReadonlyMap<number, CellReader> = new Map([
  ...scalarReaders,
  ...arrays.map(([array, element]) => [array, arrayReader(scalarReaders.get(element) ?? asText)] as const),
]);

/** Types that are not listed, such as enums, ranges and composites, are the text that the server writes. */
export const cellReader = (typeId: number): CellReader => readers.get(typeId) ?? asText;
