import { ConfigError } from '@aegis/spec';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws ConfigError `invalid` for a zone that IANA's list does not hold. */
const formatter = (timezone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timezone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timezone, made);
    return made;
  } catch (cause) {
    throw new ConfigError('invalid', `'${timezone}' is not a time zone`, {
      hint: 'Name one of the IANA zones, such as UTC or Europe/Berlin.',
      cause,
    });
  }
};

const daySeconds = 86_400;

/** Seconds since 1970 on a calendar without zones. Years 0 to 99 are themselves. */
export const calendarSeconds = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime() / 1000;
};

/** What clocks in the zone show at an instant, both in seconds since 1970. */
export const wallSeconds = (instant: number, timezone: string): number => {
  const parts = new Map(
    formatter(timezone)
      .formatToParts(instant * 1000)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  return calendarSeconds(year, part('month'), part('day'), part('hour'), part('minute'), part('second'));
};

/**
 * The instant at which clocks in the zone show a time, in seconds since 1970. A time that a change of clocks leaves out
 * moves forward by the length of the gap; of a time that is shown twice, the first is meant.
 */
export const instantSeconds = (wall: number, timezone: string): number => {
  const offsetAt = (instant: number) => wallSeconds(instant, timezone) - instant;
  const before = offsetAt(wall - daySeconds);
  const after = offsetAt(wall + daySeconds);
  const candidates = [wall - before, wall - after].filter((instant) => offsetAt(instant) === wall - instant);
  return candidates.length === 0 ? wall - before : Math.min(...candidates);
};
