import {
  DuckDBBlobValue,
  DuckDBIntervalValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  type DuckDBType,
  type DuckDBValue,
  DuckDBTypeId as id,
} from '@duckdb/node-api';
import type { EngineAnswer } from '../engine/duckdb-engine.js';
import { NotCoveredError } from '../engine/not-covered.js';

/** Anything that JSON can be made of, also numbers that JavaScript cannot hold. */
type Wire = unknown;

export const wireRows = ({ columns, rows }: EngineAnswer): readonly (readonly Wire[])[] =>
  rows.map((row) => row.map((value, index) => wireValue(value, columns[index]?.type)));

const wireValue = (value: DuckDBValue, type: DuckDBType | undefined): Wire => {
  if (value === null) return null;
  if (type instanceof DuckDBListType && value instanceof DuckDBListValue)
    return value.items.map((item) => wireValue(item, type.valueType));
  if (type instanceof DuckDBStructType && value instanceof DuckDBStructValue) return wireFields(value, type);
  if (type instanceof DuckDBMapType && value instanceof DuckDBMapValue) return wireMap(value, type);
  return (writers[type?.typeId ?? -1] ?? String)(value);
};

const wireFields = ({ entries }: DuckDBStructValue, type: DuckDBStructType): Wire =>
  type.entryNames.map((name, index) => wireValue(entries[name] ?? null, type.entryTypes[index]));

const wireMap = ({ entries }: DuckDBMapValue, type: DuckDBMapType): Wire =>
  Object.fromEntries(
    entries.map(({ key, value }) => [String(wireValue(key, type.keyType)), wireValue(value, type.valueType)]),
  );

/** Text that stands in JSON as it is. */
const asNumber = (text: string): Wire => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);

const whole = (value: DuckDBValue): Wire => asNumber(String(value));

const float = (value: DuckDBValue): Wire => {
  const number = Number(value);
  if (!Number.isFinite(number)) return String(number);
  return Object.is(number, -0) ? asNumber('-0.0') : number;
};

/** `12:00:00.5` with as many digits as the type has. */
const padded =
  (digits: number, suffix = '') =>
  (value: DuckDBValue): Wire => {
    const [whole = '', fraction = ''] = String(value).replace(/\+00$/, '').split('.');
    return `${whole}${digits > 0 ? `.${fraction.padEnd(digits, '0')}` : ''}${suffix}`;
  };

const microsecondsPerDay = 86_400_000_000n;

const interval = (value: DuckDBValue): Wire => {
  if (!(value instanceof DuckDBIntervalValue) || value.months !== 0) throw new NotCoveredError('intervals of months');
  const micros = BigInt(value.days) * microsecondsPerDay + value.micros;
  const days = micros / microsecondsPerDay;
  const rest = new Date(Number((micros % microsecondsPerDay) / 1_000n)).toISOString();
  return `${days} ${rest.slice('YYYY-MM-DDT'.length, -1)}`;
};

const writers: { readonly [typeId: number]: (value: DuckDBValue) => Wire } = {
  ...{ [id.TINYINT]: whole, [id.SMALLINT]: whole, [id.INTEGER]: whole, [id.BIGINT]: whole },
  ...{ [id.FLOAT]: float, [id.DOUBLE]: float, [id.BOOLEAN]: (value) => value, [id.INTERVAL]: interval },
  ...{ [id.TIME]: padded(6), [id.TIMESTAMP]: padded(6), [id.TIMESTAMP_S]: padded(0), [id.TIMESTAMP_MS]: padded(3) },
  ...{ [id.TIMESTAMP_NS]: padded(9), [id.TIMESTAMP_TZ]: padded(6, ' UTC') },
  [id.BLOB]: (value) => (value instanceof DuckDBBlobValue ? Buffer.from(value.bytes).toString('base64') : null),
};
