import type { Cell } from '@aegis/spec';
import { instantMs } from '@aegis/sql';
import { rowOf, uniqueNames } from '@aegis/sql/transport';
import type { Column, NamedType, TypeSignature, WireValue } from './trino-protocol.js';

/** Cells of a row in the order of the columns. */
export const cellsOf = (row: readonly WireValue[], columns: readonly Column[]): readonly Cell[] =>
  columns.map(({ typeSignature }, index) => cellOf(row[index] ?? null, typeSignature));

const cellOf = (value: WireValue, type: TypeSignature): Cell => {
  if (value === null) return null;
  return (readers[type.rawType] ?? asText)(value, type);
};

type Reader = (value: WireValue, type: TypeSignature) => Cell;

const asText: Reader = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** `-0` would not survive JSON, so it is 0. */
const float: Reader = (value) => (/^(NaN|-?Infinity)$/.test(String(value)) ? String(value) : Number(value) + 0);

/** `12:00:00.500` is `12:00:00.5`, `12:00:00.000` is `12:00:00`. */
const withoutEmptyFraction = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

const time: Reader = (value) => withoutEmptyFraction(String(value));

const timestamp: Reader = (value) => withoutEmptyFraction(String(value).replace(' ', 'T'));

/** `2026-01-15 12:00:00.000 Europe/Zurich` is the same moment in UTC. Of a time that clocks show twice, the first is meant. */
const zonedTimestamp: Reader = (value) => {
  const [, local = '', fraction = '', zone = ''] = /^(.*? \d\d:\d\d:\d\d)(\.\d+)? (.*)$/.exec(String(value)) ?? [];
  const seconds = local.replace(' ', 'T');
  return `${withoutEmptyFraction(`${zone === 'UTC' ? seconds : inUtc(seconds, zone)}${fraction}`)}Z`;
};

const inUtc = (seconds: string, zone: string): string =>
  new Date(instantMs(seconds, zone)).toISOString().replace(/\.\d+Z$/, '');

const typeArguments = ({ arguments: written = [] }: TypeSignature): readonly TypeSignature[] =>
  written.map(({ value }) => value as TypeSignature);

const array: Reader = (value, type) => {
  const [item = unknownType] = typeArguments(type);
  return (value as readonly WireValue[]).map((each) => cellOf(each, item));
};

const map: Reader = (value, type) => {
  const [, item = unknownType] = typeArguments(type);
  const entries = Object.entries(value as { readonly [key: string]: WireValue });
  return rowOf(
    entries.map(([key]) => key),
    entries.map(([, each]) => cellOf(each, item)),
  );
};

const unknownType: TypeSignature = { rawType: 'unknown' };

const row: Reader = (value, { arguments: written = [] }) => {
  const fields = written.map((argument) => argument.value as NamedType);
  const names = fields.map(({ fieldName }, index) => fieldName?.name ?? `field${index}`);
  const cells = fields.map(({ typeSignature }, index) =>
    cellOf((value as readonly WireValue[])[index] ?? null, typeSignature),
  );
  return rowOf(uniqueNames(names), cells);
};

/** By the type's name. Bigints, decimals, dates, UUIDs, JSON, intervals and bytes in base64 are the text that the wire has. */
const readers: { readonly [rawType: string]: Reader } = {
  array,
  boolean: (value) => value === true,
  double: float,
  integer: Number,
  map,
  real: float,
  row,
  smallint: Number,
  time,
  timestamp,
  'timestamp with time zone': zonedTimestamp,
  tinyint: Number,
};
