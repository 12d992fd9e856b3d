import type { Cell } from '@aegis/spec';
import { type ResultColumn, typeId } from './databricks-driver.js';

/** A value as the protocol carries it: exact, and JSON-safe already; bytes in base64. */
type RawCell = string | number | boolean | null;

export type ColumnCells = RawCell[];

/** The values of one column of a page. */
export const cellsOf = (column: ResultColumn): ColumnCells => {
  const { boolVal, byteVal, i16Val, i32Val, i64Val, doubleVal, stringVal, binaryVal } = column;
  if (i64Val) return known(i64Val, ({ buffer, offset }) => buffer.readBigInt64BE(offset).toString());
  if (doubleVal) return known(doubleVal, float);
  if (binaryVal) return known(binaryVal, (bytes) => bytes.toString('base64'));
  if (stringVal) return known(stringVal, (text) => text);
  const plain = boolVal ?? byteVal ?? i16Val ?? i32Val;
  return plain ? known<RawCell>(plain, (value) => value) : [];
};

const known = <Value>(
  { values, nulls }: { readonly values: readonly Value[]; readonly nulls: Buffer },
  read: (value: Value) => RawCell,
): ColumnCells => values.map((value, index) => (isNull(nulls, index) ? null : read(value)));

/** One bit a value; what lies beyond the last byte is not NULL. */
const isNull = (nulls: Buffer, index: number): boolean => (((nulls[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;

/** `-0` would not survive JSON, so it is 0. */
const float = (value: number): RawCell => (Number.isFinite(value) ? value + 0 : String(value));

/** Types whose text alone does not say what it means: the protocol has one for timestamps with a zone and without. */
export const isAmbiguous = (type: number | undefined): boolean =>
  type === typeId.timestamp || type === typeId.array || type === typeId.map || type === typeId.struct;

/** Reads what the service wrote as text. `sqlType` is needed where {@link isAmbiguous}. */
export const cellReader = (type: number | undefined, sqlType: string | undefined): ((raw: RawCell) => Cell) => {
  const read = type === undefined ? undefined : textReaders.get(type)?.(sqlType ?? '');
  return read ? (raw) => (typeof raw === 'string' ? read(raw) : raw) : (raw) => raw;
};

/** Years outside 0000–9999 have a sign and six digits in ISO 8601. */
const date = (text: string): string => {
  const [, sign, year = '', rest = ''] = /^([+-]?)(\d+)(-.*)$/.exec(text) ?? [];
  if (sign === '' && year.length <= 4) return year.padStart(4, '0') + rest;
  return sign === undefined ? text : `${sign || '+'}${year.padStart(6, '0')}${rest}`;
};

const timestamp = (text: string): string => date(text).replace(' ', 'T');

/** The session's zone is UTC. */
const timestampReader = (sqlType: string) =>
  /ntz/i.test(sqlType) ? timestamp : (text: string): string => `${timestamp(text)}Z`;

/** Spark writes nested values nearly as JSON; what is none stays text. */
const nested = (text: string): Cell => {
  try {
    return JSON.parse(text, exactNumber);
  } catch {
    return text;
  }
};

/** A number that a double cannot hold, or writes otherwise, is its digits. */
const exactNumber = (
  _key: string,
  value: unknown,
  { source }: { readonly source?: string | undefined } = {},
): unknown => (typeof value === 'number' && source !== undefined && String(value) !== source ? source : value);

const textReaders: ReadonlyMap<number, (sqlType: string) => (text: string) => Cell> = new Map<
  number,
  (sqlType: string) => (text: string) => Cell
>([
  [typeId.date, () => date],
  [typeId.timestamp, timestampReader],
  [typeId.array, () => nested],
  [typeId.map, () => nested],
  [typeId.struct, () => nested],
]);
