import { offsets, type Timezone } from '../world.js';

/** Microseconds since 1970 of the instants before and after all others. */
export const infinitelyLate = 10n ** 40n;

const perSecond = 1_000_000n;
export const perDay = 86_400n * perSecond;

/** A moment as written: on a wall clock unless `zoned`. */
export interface Moment {
  readonly micros: bigint;
  readonly hasTime: boolean;
  readonly zoned: boolean;
}

const form = /^(\d+)-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?(Z)?)?( \(BC\))?$/;

/** `2024-01-31 10:00:00.5`, `infinity`, `0044-03-15 (BC)`; `undefined` for what is no moment. */
export const parseMoment = (text: string): Moment | undefined => {
  if (/^-?infinity$/.test(text)) {
    return { micros: text.startsWith('-') ? -infinitelyLate : infinitelyLate, hasTime: true, zoned: true };
  }
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone, bc] = form.exec(text) ?? [];
  if (year === undefined) return undefined;
  const calendarYear = bc === undefined ? Number(year) : 1 - Number(year);
  if (!isRealDay(calendarYear, Number(month), Number(day))) return undefined;
  const seconds = Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second);
  const micros =
    daysSince1970(calendarYear, Number(month), Number(day)) * perDay +
    BigInt(seconds) * perSecond +
    BigInt(fraction.padEnd(6, '0'));
  return { micros, hasTime: hour !== undefined, zoned: zone !== undefined };
};

/** Microseconds since midnight of `HH:MM[:SS[.f]]`. */
export const parseTime = (text: string): bigint | undefined => {
  const midnight = parseMoment('1970-01-01')?.micros ?? 0n;
  const moment = parseMoment(`1970-01-01 ${text}`);
  return moment === undefined || moment.zoned ? undefined : moment.micros - midnight;
};

/** What a wall clock in the zone shows at an instant. */
export const wallAt = (instant: bigint, zone: Timezone): bigint => shifted(instant, offsets[zone]);
/** The instant at which a wall clock in the zone shows a time. */
export const instantAt = (wall: bigint, zone: Timezone): bigint => shifted(wall, -offsets[zone]);

const shifted = (micros: bigint, seconds: number): bigint =>
  micros === infinitelyLate || micros === -infinitelyLate ? micros : micros + BigInt(seconds) * perSecond;

/** The first moment of the day that holds a moment. */
export const startOfDay = (micros: bigint): bigint => {
  const into = ((micros % perDay) + perDay) % perDay;
  return micros - into;
};

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0);
const isRealDay = (year: number, month: number, day: number): boolean => day >= 1 && day <= lengthOf(year, month);

const leapYearsUntil = (year: number): number => Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);

/** In the proleptic Gregorian calendar, where the year before 1 is 0. */
const daysSince1970 = (year: number, month: number, day: number): bigint => {
  const years = (year - 1970) * 365 + leapYearsUntil(year - 1) - leapYearsUntil(1969);
  const months = monthLengths.slice(0, month - 1).reduce((days, _, index) => days + lengthOf(year, index + 1), 0);
  return BigInt(years + months + day - 1);
};
