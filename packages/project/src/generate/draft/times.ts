import { instantMs } from '@aegis/sql';
import { isTime } from '../profile/profile-types.js';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import { counted } from './amounts.js';
import { snakeCase } from './column-names.js';
import type { Draft, DraftContext } from './draft.js';

const hourMs = 3_600_000;
const hoursOfDay = 24;
/** Data that is older than this is not fed any more: nothing says how fresh it ought to be. */
const oldestFreshHours = 31 * hoursOfDay;

const plansAhead =
  /(^|_)(due|expir\w*|valid_(to|until)|end|until|planned|scheduled|target|deadline|forecast|estimated|next)(_|$)/;
const arrivals: readonly RegExp[] = [
  /(^|_)(load|loaded|ingest|ingested|sync|synced|extract|extracted)(_|$)/,
  /(^|_)(update|updated|modified|changed)(_|$)/,
  /(^|_)(create|created|insert|inserted|order|ordered|event|recorded)(_|$)/,
];

interface TimeColumn {
  readonly column: ColumnProfile;
  /** Hours between the newest value and now. */
  readonly age: number;
}

/** Times that have passed stay in the past, and data that is fed goes on being fed. */
export const timeDrafts = ({ columns }: TableProfile, context: DraftContext): readonly Draft[] => {
  const past = columns.flatMap((column) => timeColumn(column, context)).filter(({ age }) => age >= 0);
  const newest = past.filter((time) => isFed(time, context)).sort(byArrival)[0];
  return [
    ...past.filter(({ column }) => !plansAhead.test(snakeCase(column.name))).map(({ column }) => notInFuture(column)),
    ...(newest ? [freshness(newest)] : []),
  ];
};

const isFed = ({ column, age }: TimeColumn, { isPersonal }: DraftContext): boolean =>
  age <= oldestFreshHours && !isPersonal(column.name);

const timeColumn = (column: ColumnProfile, { now, timezone }: DraftContext): readonly TimeColumn[] => {
  if (!isTime(column.kind) || column.max === undefined) return [];
  const age = (Date.parse(now) - instantMs(column.max, timezone)) / hourMs;
  return Number.isFinite(age) ? [{ column, age }] : [];
};

const byArrival = (left: TimeColumn, right: TimeColumn): number =>
  arrivalRank(left) - arrivalRank(right) || left.age - right.age;

const arrivalRank = ({ column }: TimeColumn): number => {
  const rank = arrivals.findIndex((pattern) => pattern.test(snakeCase(column.name)));
  return rank === -1 ? arrivals.length : rank;
};

const notInFuture = ({ name, nonNull = 0 }: ColumnProfile): Draft => ({
  name: `${name}_not_in_future`,
  type: 'no_future_dates',
  logic: { column: name },
  severity: 'medium',
  description: `${name} is never in the future: it was not in any of ${counted(nonNull, 'row')}.`,
  comments: [],
  origin: 'profile',
  value: 60,
});

/** Twice the age of today, in days from two days on. */
const freshness = ({ column: { name, max }, age }: TimeColumn): Draft => {
  const hours = Math.max(hoursOfDay, Math.ceil(age * 2));
  const inDays = hours > 2 * hoursOfDay;
  const threshold = inDays ? Math.ceil(hours / hoursOfDay) : hours;
  const unit = inDays ? 'days' : 'hours';
  return {
    name: `${name}_fresh`,
    type: 'freshness',
    logic: { column: name, threshold, unit },
    severity: 'high',
    description: `New rows arrive within ${threshold} ${unit}: the newest ${name} was ${max} when this was drafted.`,
    comments: [],
    origin: 'profile',
    value: 70,
  };
};
