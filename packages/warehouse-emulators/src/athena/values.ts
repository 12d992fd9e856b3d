import {
  DuckDBBlobValue,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBType,
  type DuckDBValue,
  DuckDBTypeId as id,
} from '@duckdb/node-api';
import type { EngineAnswer } from '../engine/duckdb-engine.js';
import { NotCoveredError } from '../engine/not-covered.js';

const types: { readonly [typeId: number]: string } = {
  ...{ [id.BOOLEAN]: 'boolean', [id.VARCHAR]: 'varchar', [id.BLOB]: 'varbinary', [id.DATE]: 'date', [id.TIME]: 'time' },
  ...{ [id.TINYINT]: 'tinyint', [id.SMALLINT]: 'smallint', [id.INTEGER]: 'integer', [id.BIGINT]: 'bigint' },
  ...{ [id.HUGEINT]: 'bigint', [id.FLOAT]: 'float', [id.DOUBLE]: 'double', [id.UUID]: 'uuid', [id.SQLNULL]: 'unknown' },
  ...{ [id.TIMESTAMP]: 'timestamp', [id.TIMESTAMP_MS]: 'timestamp', [id.TIMESTAMP_NS]: 'timestamp' },
  ...{ [id.TIMESTAMP_S]: 'timestamp', [id.TIMESTAMP_TZ]: 'timestamp with time zone' },
  ...{ [id.LIST]: 'array', [id.STRUCT]: 'row', [id.MAP]: 'map', [id.DECIMAL]: 'decimal' },
};

/** As the metadata of an answer name a type: without the parameters, and without what is inside it. */
const typeName = (type: DuckDBType): string => {
  const known = types[type.typeId];
  if (known === undefined) throw new NotCoveredError(`values of DuckDB's type ${type}`);
  return type.alias?.toUpperCase() === 'JSON' ? 'json' : known;
};

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ColumnInfo.html */
export const columnInfo = ({ columns }: EngineAnswer): readonly object[] =>
  columns.map(({ name, type }) => ({
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: typeName(type),
    Precision: type instanceof DuckDBDecimalType ? type.width : 0,
    Scale: type instanceof DuckDBDecimalType ? type.scale : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: type.typeId === id.VARCHAR,
  }));

/** All rows as text, the first of them with the names of the columns. */
export const wireRows = ({ columns, rows }: EngineAnswer): readonly object[] => {
  const names = columns.map(({ name }) => ({ VarCharValue: name }));
  const cells = rows.map((row) => ({ Data: row.map((value, index) => datum(value, columns[index]?.type)) }));
  return [{ Data: names }, ...cells];
};

const datum = (value: DuckDBValue, type: DuckDBType | undefined): object =>
  value === null ? {} : { VarCharValue: textOf(value, type) };

/** Text in which Athena shows a value; that of lists, rows and maps cannot be read back. */
const textOf = (value: DuckDBValue, type: DuckDBType | undefined): string => {
  if (value === null) return 'null';
  if (typeof value === 'number') return numberText(value, type);
  if (value instanceof DuckDBBlobValue)
    return Buffer.from(value.bytes)
      .toString('hex')
      .replace(/..(?=.)/g, '$& ');
  if (value instanceof DuckDBListValue) return `[${value.items.map((item) => textOf(item, innerOf(type))).join(', ')}]`;
  if (value instanceof DuckDBStructValue) return structText(value, type);
  if (value instanceof DuckDBMapValue) return mapText(value, type);
  return momentText(value) ?? String(value);
};

const innerOf = (type: DuckDBType | undefined): DuckDBType | undefined =>
  type instanceof DuckDBListType ? type.valueType : undefined;

const structText = ({ entries }: DuckDBStructValue, type: DuckDBType | undefined): string => {
  const { entryNames, entryTypes } = type as DuckDBStructType;
  return `{${entryNames.map((name, index) => `${name}=${textOf(entries[name] ?? null, entryTypes[index])}`).join(', ')}}`;
};

const mapText = ({ entries }: DuckDBMapValue, type: DuckDBType | undefined): string => {
  const { keyType, valueType } = type as DuckDBMapType;
  return `{${entries.map(({ key, value }) => `${textOf(key, keyType)}=${textOf(value, valueType)}`).join(', ')}}`;
};

/** Floats as Java writes them. */
const numberText = (value: number, type: DuckDBType | undefined): string => {
  const isSingle = type?.typeId === id.FLOAT;
  if (!isSingle && type?.typeId !== id.DOUBLE) return String(value);
  if (!Number.isFinite(value)) return String(value);
  return javaText(isSingle ? shortestSingle(value) : value);
};

const mostDigitsOfASingle = 9;

/** The double with the fewest digits that is the same single-precision number. */
const shortestSingle = (value: number): number => {
  for (let digits = 1; digits < mostDigitsOfASingle; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
};

const javaText = (value: number): string => {
  const size = Math.abs(value);
  if (Object.is(value, -0)) return '-0.0';
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
};

const digitsOf = { millis: 3, micros: 6, nanos: 9 } as const;

const momentText = (value: DuckDBValue): string | undefined => {
  if (value instanceof DuckDBTimestampTZValue) return `${padded(momentOf(value.micros), digitsOf.micros)} UTC`;
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimeValue)
    return padded(String(value), digitsOf.micros);
  if (value instanceof DuckDBTimestampMillisecondsValue) return padded(String(value), digitsOf.millis);
  return value instanceof DuckDBTimestampNanosecondsValue ? padded(String(value), digitsOf.nanos) : undefined;
};

const momentOf = (micros: bigint): string => String(new DuckDBTimestampValue(micros));

/** A type of so many digits shows all of them. */
const padded = (text: string, digits: number): string => {
  const [seconds = '', fraction = ''] = text.split('.');
  return `${seconds}.${fraction.padEnd(digits, '0')}`;
};

const hiveNames: { readonly [typeId: number]: string } = {
  ...{ [id.INTEGER]: 'int', [id.VARCHAR]: 'string', [id.BLOB]: 'binary', [id.TIMESTAMP_TZ]: 'timestamp' },
  ...{ [id.TIME]: 'string', [id.UUID]: 'string' },
};

/** As Glue names a type. It has no zones and no UUIDs. */
export const hiveType = (type: DuckDBType): string => {
  if (type instanceof DuckDBDecimalType) return `decimal(${type.width},${type.scale})`;
  if (type instanceof DuckDBListType) return `array<${hiveType(type.valueType)}>`;
  if (type instanceof DuckDBMapType) return `map<${hiveType(type.keyType)},${hiveType(type.valueType)}>`;
  if (type instanceof DuckDBStructType)
    return `struct<${type.entryNames.map((name, index) => `${name}:${hiveType(entryType(type, index))}`).join(',')}>`;
  return hiveNames[type.typeId] ?? typeName(type);
};

const trinoNames: { readonly [typeId: number]: string } = {
  ...{ [id.FLOAT]: 'real', [id.TIMESTAMP]: 'timestamp(6)', [id.TIMESTAMP_MS]: 'timestamp(3)', [id.TIME]: 'time(6)' },
  ...{ [id.TIMESTAMP_NS]: 'timestamp(9)', [id.TIMESTAMP_S]: 'timestamp(0)' },
  ...{ [id.TIMESTAMP_TZ]: 'timestamp(6) with time zone' },
};

/** As Athena itself names a type. */
export const trinoType = (type: DuckDBType): string => {
  if (type instanceof DuckDBDecimalType) return `decimal(${type.width},${type.scale})`;
  if (type instanceof DuckDBListType) return `array(${trinoType(type.valueType)})`;
  if (type instanceof DuckDBMapType) return `map(${trinoType(type.keyType)}, ${trinoType(type.valueType)})`;
  if (type instanceof DuckDBStructType)
    return `row(${type.entryNames.map((name, index) => `${name} ${trinoType(entryType(type, index))}`).join(', ')})`;
  return trinoNames[type.typeId] ?? typeName(type);
};

const entryType = ({ entryTypes }: DuckDBStructType, index: number): DuckDBType => {
  const type = entryTypes[index];
  if (!type) throw new RangeError(`no field ${index}`);
  return type;
};
