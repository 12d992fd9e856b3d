const daysIn400Years = 146_097;
const millisecondsPerDay = 86_400_000;
const nanosecondsPerSecond = 1_000_000_000n;
const secondsPerDay = 86_400n;

/** ISO 8601 date of a day number counted from 1970-01-01; years outside 0000–9999 are signed with six digits or more. */
export const isoDate = (days: number): string => {
  // JavaScript dates end before DuckDB's do; the calendar repeats every 400 years.
  const cycles = Math.floor(days / daysIn400Years);
  const date = new Date((days - cycles * daysIn400Years) * millisecondsPerDay);
  return `${isoYear(date.getUTCFullYear() + cycles * 400)}-${date.toISOString().slice(5, 10)}`;
};

const isoYear = (year: number): string => {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
};

/** Time of day from nanoseconds since midnight, without trailing zeros of the fraction. */
export const isoTime = (nanoseconds: bigint): string => {
  const seconds = nanoseconds / nanosecondsPerSecond;
  const parts = [seconds / 3_600n, (seconds / 60n) % 60n, seconds % 60n];
  return parts.map(twoDigits).join(':') + fraction(nanoseconds % nanosecondsPerSecond);
};

/** Naive ISO 8601 timestamp from nanoseconds since 1970-01-01. */
export const isoTimestamp = (nanoseconds: bigint): string => {
  const nanosecondsPerDay = secondsPerDay * nanosecondsPerSecond;
  const timeOfDay = ((nanoseconds % nanosecondsPerDay) + nanosecondsPerDay) % nanosecondsPerDay;
  return `${isoDate(Number((nanoseconds - timeOfDay) / nanosecondsPerDay))}T${isoTime(timeOfDay)}`;
};

/** Offset from UTC as `+02:00`, with seconds where it has any. */
export const isoOffset = (offsetSeconds: number): string => {
  const seconds = BigInt(Math.abs(offsetSeconds));
  const text = [seconds / 3_600n, (seconds / 60n) % 60n].map(twoDigits).join(':');
  const rest = seconds % 60n;
  return `${offsetSeconds < 0 ? '-' : '+'}${text}${rest === 0n ? '' : `:${twoDigits(rest)}`}`;
};

/** ISO 8601 duration, in PostgreSQL's spelling: `P1Y2M3DT4H5M6.5S`, each part with its own sign, zero as `PT0S`. */
export const isoDuration = (months: number, days: number, microseconds: bigint): string => {
  const date = [part(Math.trunc(months / 12), 'Y'), part(months % 12, 'M'), part(days, 'D')].join('');
  const time = durationTime(microseconds);
  return date === '' && time === '' ? 'PT0S' : `P${date}${time && `T${time}`}`;
};

const durationTime = (microseconds: bigint): string => {
  const sign = microseconds < 0n ? '-' : '';
  const size = microseconds < 0n ? -microseconds : microseconds;
  const wholeSeconds = size / 1_000_000n;
  const seconds = `${wholeSeconds % 60n}${fraction((size % 1_000_000n) * 1_000n)}`;
  return [part(wholeSeconds / 3_600n, 'H', sign), part((wholeSeconds / 60n) % 60n, 'M', sign)]
    .concat(seconds === '0' ? '' : `${sign}${seconds}S`)
    .join('');
};

const part = (value: number | bigint, unit: string, sign = ''): string =>
  Number(value) === 0 ? '' : `${sign}${value}${unit}`;

const twoDigits = (value: bigint): string => String(value).padStart(2, '0');

const fraction = (nanoseconds: bigint): string =>
  nanoseconds === 0n ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
