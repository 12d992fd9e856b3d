import type { ColumnType, LiteralExpression } from '@aegis/spec';
import { PlanError } from '@aegis/spec';
import { literal } from '../build.js';
import { instantLiteral } from './literal-for.js';
import { formatDate, formatMoment, instantOf, type WrittenMoment, wallOf, writtenMoment } from './moment.js';

/** Today in a zone. `now` is the run's clock, ISO 8601 ending in `Z`. @throws PlanError `internal` for another form. */
export const currentDate = (now: string, timezone: string): LiteralExpression =>
  literal('date', formatDate(wallOf(clock(now), timezone)));

/**
 * The run's clock as a constant to compare a column with: today for dates, what clocks in the zone show for timestamps
 * without zones, the instant for those with one. @throws PlanError `internal` where `now` is not ISO 8601 ending in `Z`.
 */
export const currentTimestampLiteral = ({ kind }: ColumnType, now: string, timezone: string): LiteralExpression => {
  if (kind === 'date') return currentDate(now, timezone);
  const { fraction, ...rest } = clock(now);
  return kind === 'timestamptz'
    ? instantLiteral(instantOf({ ...rest, fraction }, timezone), fraction)
    : literal('timestamp', formatMoment(wallOf({ ...rest, fraction }, timezone), fraction));
};

const clock = (now: string): WrittenMoment => {
  const written = writtenMoment(now);
  if (written?.offset !== 0) throw new PlanError('internal', `'${now}' is not an instant in UTC`);
  return written;
};

/**
 * Milliseconds since 1970, with fractions, of a date or timestamp as a warehouse gave it; naive ones are in the zone.
 * Infinite ones and years of other than four digits are infinitely early or late: later than every clock of a run, or
 * earlier. @throws PlanError `unsupported` for text that is neither.
 */
export const instantMs = (text: string, timezone: string): number => {
  const written = writtenMoment(text);
  if (written) return instantOf(written, timezone) * 1000 + Number(`0.${written.fraction || 0}`) * 1000;
  if (/^(Infinity$|\+\d)/.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-(Infinity$|\d)|^0000-/.test(text)) return Number.NEGATIVE_INFINITY;
  throw new PlanError('unsupported', `'${text}' is not a date or timestamp`);
};
