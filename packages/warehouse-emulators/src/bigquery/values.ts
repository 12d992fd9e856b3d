import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBListValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBType,
  type DuckDBValue,
  DuckDBTypeId as id,
} from '@duckdb/node-api';
import type { EngineAnswer, EngineColumn } from '../engine/duckdb-engine.js';
import { NotCoveredError } from '../engine/not-covered.js';

/** As the REST API describes a column. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode: 'NULLABLE' | 'REPEATED' | 'REQUIRED';
  readonly precision?: string | undefined;
  readonly scale?: string | undefined;
  readonly fields?: readonly Field[] | undefined;
}

/** `{ f: [{ v }] }`, the API's form of a row. */
export interface WireRow {
  readonly f: readonly WireCell[];
}

interface WireCell {
  readonly v: WireValue;
}

type WireValue = string | null | WireRow | readonly WireCell[];

const types: { readonly [typeId: number]: string } = {
  ...{ [id.BOOLEAN]: 'BOOLEAN', [id.VARCHAR]: 'STRING', [id.BLOB]: 'BYTES', [id.DATE]: 'DATE', [id.TIME]: 'TIME' },
  ...{ [id.TINYINT]: 'INTEGER', [id.SMALLINT]: 'INTEGER', [id.INTEGER]: 'INTEGER', [id.BIGINT]: 'INTEGER' },
  ...{ [id.FLOAT]: 'FLOAT', [id.DOUBLE]: 'FLOAT', [id.TIMESTAMP]: 'DATETIME', [id.TIMESTAMP_TZ]: 'TIMESTAMP' },
  ...{ [id.HUGEINT]: 'BIGNUMERIC', [id.SQLNULL]: 'STRING' },
};

export const fieldOf = ({ name, type }: EngineColumn): Field => {
  if (type instanceof DuckDBListType) return { ...fieldOf({ name, type: type.valueType }), mode: 'REPEATED' };
  if (type instanceof DuckDBStructType) return { name, type: 'RECORD', mode: 'NULLABLE', fields: fieldsOf(type) };
  if (type instanceof DuckDBDecimalType) return { name, mode: 'NULLABLE', ...decimalType(type) };
  const known = types[type.typeId];
  if (known === undefined) throw new NotCoveredError(`values of DuckDB's type ${type}`);
  const alias = type.alias?.toUpperCase();
  return { name, type: alias === 'JSON' || alias === 'GEOGRAPHY' ? alias : known, mode: 'NULLABLE' };
};

const fieldsOf = ({ entryNames, entryTypes }: DuckDBStructType): readonly Field[] => {
  if (entryNames.includes('')) throw new NotCoveredError('structs whose fields have no names, as values');
  return entryTypes.map((type, index) => fieldOf({ name: entryNames[index] ?? '', type }));
};

/** NUMERIC has 29 digits before the point and 9 after it. */
const decimalType = ({ width, scale }: DuckDBDecimalType) => {
  const isNumeric = scale <= 9 && width - scale <= 29;
  return {
    type: isNumeric ? 'NUMERIC' : 'BIGNUMERIC',
    ...(width !== 38 || scale !== 9 ? { precision: String(width), scale: String(scale) } : {}),
  };
};

export interface WireFormat {
  /** Whether timestamps are microseconds rather than seconds. */
  readonly hasIntegerTimestamps: boolean;
}

export const wireRows = ({ columns, rows }: EngineAnswer, format: WireFormat): readonly WireRow[] =>
  rows.map((row) => ({
    f: row.map((value, index) => ({ v: wireValue(value, columns[index]?.type, format) })),
  }));

const wireValue = (value: DuckDBValue, type: DuckDBType | undefined, format: WireFormat): WireValue => {
  if (value instanceof DuckDBListValue && type instanceof DuckDBListType)
    return value.items.map((item) => ({ v: wireValue(item, type.valueType, format) }));
  if (value instanceof DuckDBStructValue && type instanceof DuckDBStructType)
    return { f: fieldCells(value, type, format) };
  return value === null ? null : wireText(value, format);
};

const fieldCells = ({ entries }: DuckDBStructValue, type: DuckDBStructType, format: WireFormat): readonly WireCell[] =>
  type.entryNames.map((name, index) => ({ v: wireValue(entries[name] ?? null, type.entryTypes[index], format) }));

const wireText = (value: DuckDBValue, { hasIntegerTimestamps }: WireFormat): string => {
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof DuckDBTimestampTZValue)
    return hasIntegerTimestamps ? String(value.micros) : secondsText(value.micros);
  if (value instanceof DuckDBTimestampValue) return withoutEmptyFraction(String(value).replace(' ', 'T'));
  if (value instanceof DuckDBDateValue || value instanceof DuckDBTimeValue) return String(value);
  return String(value);
};

const withoutEmptyFraction = (text: string): string => text.replace(/\.0+$/, '');

/** Seconds as a float, which loses digits as the service does: `1.7684784E9`. */
const secondsText = (micros: bigint): string =>
  (Number(micros) / 1_000_000).toExponential().replace('e+', 'E').replace('e', 'E');
