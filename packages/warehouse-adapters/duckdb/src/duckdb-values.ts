import type { Cell } from '@aegis/spec';
import type { DuckDBValue, DuckDBValueConverter } from '@duckdb/node-api';
import { isoDate, isoDuration, isoOffset, isoTime, isoTimestamp } from './duckdb-instants.js';

/** The driver, loaded when the first connection is made. */
export type DuckDbDriver = typeof import('@duckdb/node-api');

/** Native value → {@link Cell}, decided by the column's type. */
export type CellConverter = DuckDBValueConverter<Cell>;

/** Extends the driver's own JSON conversion, which already gives 64-bit integers and decimals as text. */
export const cellConverter = (driver: DuckDbDriver): CellConverter => {
  const own = { ...floatCells(driver), ...timeCells(driver), ...timestampCells(driver), ...otherCells(driver) };
  const others = driver.JsonDuckDBValueConverter as CellConverter;
  return (value, type, nested) => (own[type.typeId] ?? others)(value, type, nested);
};

type CellsByType = { readonly [typeId: number]: CellConverter };

const floatCells = ({ DuckDBTypeId: id }: DuckDbDriver): CellsByType => ({
  [id.FLOAT]: (value) => (value === null ? null : floatCell(shortestFloat(Number(value)))),
  [id.DOUBLE]: (value) => (value === null ? null : floatCell(Number(value))),
});

const timeCells = (driver: DuckDbDriver): CellsByType => {
  const { DuckDBTypeId: id } = driver;
  return {
    [id.TIME]: cells(driver.DuckDBTimeValue, ({ micros }) => isoTime(micros * 1_000n)),
    [id.TIME_NS]: cells(driver.DuckDBTimeNSValue, ({ nanos }) => isoTime(nanos)),
    [id.TIME_TZ]: cells(driver.DuckDBTimeTZValue, ({ micros, offset }) => isoTime(micros * 1_000n) + isoOffset(offset)),
    [id.INTERVAL]: cells(driver.DuckDBIntervalValue, ({ months, days, micros }) => isoDuration(months, days, micros)),
  };
};

const timestampCells = (driver: DuckDbDriver): CellsByType => {
  const { DuckDBTypeId: id } = driver;
  const timestamp = (value: MaybeInfinite, amount: bigint, nanoseconds: bigint) =>
    orInfinity(value, amount, () => isoTimestamp(amount * nanoseconds));
  const inMicroseconds = (value: MaybeInfinite & { readonly micros: bigint }, zone: string) =>
    value.micros === leastMicrosecond ? '-Infinity' : withZone(timestamp(value, value.micros, 1_000n), zone);
  return {
    [id.DATE]: cells(driver.DuckDBDateValue, (value) =>
      value.days === leastDay ? '-Infinity' : orInfinity(value, value.days, () => isoDate(value.days)),
    ),
    [id.TIMESTAMP]: cells(driver.DuckDBTimestampValue, (value) => inMicroseconds(value, '')),
    [id.TIMESTAMP_S]: cells(driver.DuckDBTimestampSecondsValue, (value) =>
      timestamp(value, value.seconds, 1_000_000_000n),
    ),
    [id.TIMESTAMP_MS]: cells(driver.DuckDBTimestampMillisecondsValue, (value) =>
      timestamp(value, value.millis, 1_000_000n),
    ),
    [id.TIMESTAMP_NS]: cells(driver.DuckDBTimestampNanosecondsValue, (value) => timestamp(value, value.nanos, 1n)),
    [id.TIMESTAMP_TZ]: cells(driver.DuckDBTimestampTZValue, (value) => inMicroseconds(value, 'Z')),
  };
};

const withZone = (text: string, zone: string): string => (text.endsWith('Infinity') ? text : `${text}${zone}`);

/** The least date (5877642 BC) and timestamp (290309 BC) there are: what `max` gives where a stored column holds `-infinity` alone. */
const leastDay = -(2 ** 31 - 2);
const leastMicrosecond = -9_223_372_022_400_000_000n;

const otherCells = ({ DuckDBTypeId: id, DuckDBBlobValue }: DuckDbDriver): CellsByType => ({
  [id.BLOB]: cells(DuckDBBlobValue, ({ bytes }) => Buffer.from(bytes).toString('base64')),
});

/** Cells of one class of native values; NULL stays NULL. */
const cells =
  <Value extends DuckDBValue & object>(
    kind: { new (...parameters: never[]): Value },
    cell: (value: Value) => Cell,
  ): CellConverter =>
  (value) => {
    if (value === null) return null;
    return value instanceof kind ? cell(value) : String(value);
  };

interface MaybeInfinite {
  readonly isFinite: boolean;
}

/** Infinite dates and timestamps are spelled as infinite floats are. */
const orInfinity = (value: MaybeInfinite, amount: number | bigint, text: () => string): string => {
  if (value.isFinite) return text();
  return amount < 0 ? '-Infinity' : 'Infinity';
};

/** `-0` would not survive JSON, so it is 0. */
const floatCell = (value: number): Cell => (Number.isFinite(value) ? value + 0 : String(value));

/** The fewest digits that name the same 4-byte float: 0.1, not 0.10000000149011612. */
const shortestFloat = (value: number): number => {
  const candidates = [6, 7, 8].map((digits) => Number(value.toPrecision(digits)));
  return candidates.find((candidate) => Math.fround(candidate) === value) ?? value;
};
