import type { Cell } from '@aegis/spec';
import { rowOf, uniqueNames } from '@aegis/sql/transport';
import type { Field, WireCell, WireRow, WireValue } from './bigquery-api.js';

/** Cells of a row in the order of the columns. */
export const cellsOf = ({ f }: WireRow, fields: readonly Field[]): readonly Cell[] =>
  fields.map((field, index) => cellOf(f[index]?.v ?? null, field));

const cellOf = (value: WireValue, field: Field): Cell => {
  if (value === null) return null;
  if (field.mode === 'REPEATED') return (value as readonly WireCell[]).map(({ v }) => single(v, field));
  return single(value, field);
};

const single = (value: WireValue, { type, fields = [] }: Field): Cell => {
  if (value === null) return null;
  if (typeof value !== 'string') return struct(value as WireRow, fields);
  return (readers[type] ?? asText)(value);
};

const struct = (row: WireRow, fields: readonly Field[]): Cell =>
  rowOf(uniqueNames(fields.map(({ name }) => name)), cellsOf(row, fields));

type Reader = (text: string) => Cell;

const asText: Reader = (text) => text;
const boolean: Reader = (text) => text === 'true';

/** `-0` would not survive JSON, so it is 0. */
const float: Reader = (text) => {
  const [, sign = '', word = ''] = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text) ?? [];
  if (word === '') return Number(text) + 0;
  return word.toLowerCase() === 'nan' ? 'NaN' : `${sign === '-' ? '-' : ''}Infinity`;
};

/** `12:00:00.500` is `12:00:00.5`, `12:00:00.000` is `12:00:00`. */
const withoutEmptyFraction = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

const datetime = (text: string): string => withoutEmptyFraction(text.replace(' ', 'T'));

const microsecondsPerSecond = 1_000_000n;

/** Microseconds since 1970. */
const timestamp: Reader = (text) => {
  if (!/^-?\d+$/.test(text)) return `${datetime(text).replace(/(Z|\+00(:00)?)$/, '')}Z`;
  const micros = BigInt(text);
  const rest = ((micros % microsecondsPerSecond) + microsecondsPerSecond) % microsecondsPerSecond;
  const seconds = new Date(Number((micros - rest) / 1_000n)).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  return `${withoutEmptyFraction(`${seconds}.${String(rest).padStart(6, '0')}`)}Z`;
};

/** By the API's names of types, old and new. Integers, decimals, dates, JSON and geographies are the text that the API gives. */
const readers: { readonly [type: string]: Reader } = {
  BOOL: boolean,
  BOOLEAN: boolean,
  DATETIME: datetime,
  FLOAT: float,
  FLOAT64: float,
  TIME: withoutEmptyFraction,
  TIMESTAMP: timestamp,
};
