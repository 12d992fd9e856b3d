const perSecond = 1_000_000_000n;
const secondsPerDay = 86_400n;

/**
 * Nanoseconds since 1970-01-01 of a date or timestamp in the text form of a cell, or since midnight of a time of day.
 * Zoned ones end in `Z`; years beyond four digits carry a sign. `undefined` for infinities.
 */
export const nanosecondsOf = (text: string): bigint | undefined => {
  const [, date, time] = /^(?:([+-]?\d+-\d\d-\d\d))?[T ]?(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?Z?$/.exec(text) ?? [];
  if (date === undefined && time === undefined) return undefined;
  return daysOf(date) * secondsPerDay * perSecond + ofDay(time);
};

/** Days of the proleptic Gregorian calendar, counted in years that begin in March: leap days come last. */
const daysOf = (date: string | undefined): bigint => {
  const [, year = '1970', month = '01', day = '01'] = /^([+-]?\d+)-(\d\d)-(\d\d)$/.exec(date ?? '') ?? [];
  const marchMonth = (BigInt(month) + 9n) % 12n;
  const marchYear = BigInt(year) - marchMonth / 10n;
  const leapDays = floorDivide(marchYear, 4n) - floorDivide(marchYear, 100n) + floorDivide(marchYear, 400n);
  return marchYear * 365n + leapDays + (marchMonth * 306n + 5n) / 10n + BigInt(day) - 1n - daysTo1970;
};

/** From 0000-03-01. */
const daysTo1970 = 719_468n;

export const floorDivide = (value: bigint, divisor: bigint): bigint =>
  (value - (((value % divisor) + divisor) % divisor)) / divisor;

const ofDay = (time = '00:00'): bigint => {
  const [hours = '0', minutes = '0', seconds = '0'] = time.split(':');
  const [whole = '0', fraction = ''] = seconds.split('.');
  const inSeconds = BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(whole);
  return inSeconds * perSecond + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
};
