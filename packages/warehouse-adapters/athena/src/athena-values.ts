import type { Cell } from '@aegis/spec';
import type { ColumnInfo, Row } from '@aws-sdk/client-athena';

/** Cells of a row in the order of the columns. Everything comes as text; NULL is a datum without any. */
export const cellsOf = ({ Data = [] }: Row, columns: readonly ColumnInfo[]): readonly Cell[] =>
  columns.map(({ Type = '' }, index) => {
    const text = Data[index]?.VarCharValue;
    return text === undefined ? null : (readers[Type] ?? asText)(text);
  });

type Reader = (text: string) => Cell;

const asText: Reader = (text) => text;
const boolean: Reader = (text) => text === 'true';
const integer: Reader = (text) => Number(text);

/** `-0` would not survive JSON, so it is 0. */
const float: Reader = (text) => (/^(NaN|-?Infinity)$/.test(text) ? text : Number(text) + 0);

/** `12:00:00.500` is `12:00:00.5`, `12:00:00.000` is `12:00:00`. */
const withoutEmptyFraction = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

const time: Reader = (text) => withoutEmptyFraction(text);
const timestamp = (text: string): string => withoutEmptyFraction(text.replace(' ', 'T'));

/** `2026-01-15 12:00:00.000 Europe/Berlin`: the moment in UTC, all digits kept. */
const zonedTimestamp: Reader = (text) => {
  const [, local = '', fraction = '', zone = ''] = /^(\S+ [\d:]+)(\.\d+)? (.+)$/.exec(text) ?? [];
  const wall = Date.parse(`${local.replace(' ', 'T')}Z`);
  const moment = local === '' ? Number.NaN : wall - offsetMs(zone, wall);
  if (Number.isNaN(moment)) return text;
  const seconds = new Date(moment).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  return `${withoutEmptyFraction(`${seconds}${fraction || '.'}`)}Z`;
};

const millisecondsPerMinute = 60_000;

/** How far a zone is ahead of UTC where its clocks show `wall`. In the hour that clocks show twice, the first is taken. */
const offsetMs = (zone: string, wall: number): number => {
  if (zone === 'UTC' || zone === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (sign !== undefined) return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * millisecondsPerMinute;
  const day = 86_400_000;
  const candidates = [offsetAt(zone, wall - day), offsetAt(zone, wall + day)];
  return candidates.find((offset) => offsetAt(zone, wall - offset) === offset) ?? candidates[0] ?? Number.NaN;
};

/** How far a zone is ahead of UTC at a moment; NaN for a zone that is not known. */
const offsetAt = (zone: string, moment: number): number => {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? [];
    return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * millisecondsPerMinute;
  } catch {
    return Number.NaN;
  }
};

/** Athena shows bytes as `68 65 6c`. */
const bytes: Reader = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex').toString('base64');

/** By the names of types in the metadata of an answer. Wide integers and decimals are text already; lists, rows and maps are Athena's own text. */
const readers: { readonly [type: string]: Reader } = {
  boolean,
  double: float,
  float,
  integer,
  real: float,
  smallint: integer,
  time,
  timestamp,
  'timestamp with time zone': zonedTimestamp,
  tinyint: integer,
  varbinary: bytes,
};
