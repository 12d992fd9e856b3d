import { calendarSeconds, instantSeconds, wallSeconds } from './zone.js';

/** A date, or a time on a date, as a rule writes it. */
export interface WrittenMoment {
  /** Seconds since 1970 on the calendar as written. */
  readonly seconds: number;
  /** Digits after the second, without trailing zeros. */
  readonly fraction: string;
  readonly hasTime: boolean;
  /** Seconds east of UTC; `undefined` where nothing was written. */
  readonly offset: number | undefined;
}

const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** `2024-01-31`, `2024-01-31T10:00`, `2024-01-31 10:00:00.5+02:00`; `undefined` for anything else and for no real date. */
export const writtenMoment = (text: string): WrittenMoment | undefined => {
  const found = form.exec(text.trim());
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part = '0') => Number(part));
  const seconds = calendarSeconds(year, month, day, hour, minute, second);
  const isReal = year > 0 && formatSeconds(seconds) === formatParts(year, month, day, hour, minute, second);
  if (!isReal) return undefined;
  return {
    seconds,
    fraction: (found[7] ?? '').replace(/0+$/, ''),
    hasTime: found[4] !== undefined,
    offset: found[8] === undefined ? undefined : offsetSeconds(found[8]),
  };
};

const offsetSeconds = (text: string): number => {
  if (/z/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(3).replace(':', ''))];
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
};

/** What clocks in the zone show then, in seconds since 1970. */
export const wallOf = ({ seconds, offset }: WrittenMoment, timezone: string): number =>
  offset === undefined ? seconds : wallSeconds(seconds - offset, timezone);

/** The instant, in seconds since 1970; a moment written without an offset is in the zone. */
export const instantOf = ({ seconds, offset }: WrittenMoment, timezone: string): number =>
  offset === undefined ? instantSeconds(seconds, timezone) : seconds - offset;

/** Years 1 to 9999 can be written in every engine; what a zone shifts beyond stops at the edge. */
const firstSecond = calendarSeconds(1, 1, 1);
const lastSecond = calendarSeconds(9999, 12, 31, 23, 59, 59);

export const isBeyondCalendar = (seconds: number): boolean => seconds > lastSecond;

/** `YYYY-MM-DD HH:MM:SS` */
const formatSeconds = (seconds: number): string =>
  new Date(Math.min(Math.max(seconds, firstSecond), lastSecond) * 1000).toISOString().slice(0, 19).replace('T', ' ');

export const formatDate = (seconds: number): string => formatSeconds(seconds).slice(0, 10);

export const formatMoment = (seconds: number, fraction: string): string =>
  fraction === '' ? formatSeconds(seconds) : `${formatSeconds(seconds)}.${fraction}`;

const formatParts = (year: number, ...rest: readonly number[]): string => {
  const [month, day, hour, minute, second] = rest.map((part) => String(part).padStart(2, '0'));
  return `${String(year).padStart(4, '0')}-${month}-${day} ${hour}:${minute}:${second}`;
};
