import type { ColumnDescription, Dialect, Row, TableDescription } from '@aegis/spec';
import { addDays } from '../survey/days.js';
import { asText, categoryText, isCategory, isNumber, isTime } from '../survey/query-text.js';
import { inUtc, measuresOf } from './measures.js';
import type { Group, Profile, TypedColumn } from './profile.js';
import { type Asked, type Dimension, mostValues, type ProfileParts, profileSql } from './profile-sql.js';
import { placeOf, readPart } from './read-profile.js';
import { typedColumns } from './typed-columns.js';

/** What is asked of a table, and how its answer is read. */
export interface ProfileQuery {
  readonly sql: string;
  readonly limit: number;
  readonly read: (rows: readonly Row[]) => SplitProfile;
}

/** A table in two parts: what was there when the baseline was measured, and what came since. */
export interface SplitProfile {
  /** Of both parts. */
  readonly profile: Omit<Profile, 'groups'>;
  readonly kept: readonly Group[];
  readonly fresh: readonly Group[];
  /** `YYYY-MM-DD`: rows of earlier days are not told apart. */
  readonly firstDay: string;
}

interface ProfileRequest extends Asked {
  /** ISO 8601: days are counted back from here. */
  readonly now: string;
  /** Columns that are known to have too many values to part rows by, beside those of `before`. */
  readonly wide?: readonly string[];
  /** Whether values of a column may be kept. */
  readonly mayKeep: (column: string) => boolean;
}

const mostMeasures = 40;
const mostDimensions = 8;
const daysBack = 45;
const keyName = /(^|_)(id|key|uuid|guid|hash|token|email|phone|name|url|address)$/i;

/** Columns that are known to have too many values, from the baseline and from this run. */
const wideIn = ({ before, wide = [] }: ProfileRequest): readonly string[] => [
  ...new Set([...(before?.wide ?? []), ...wide]),
];

/** One statement about a whole table: sums of every column, over all rows and over what few values part them into. */
export const profileQuery = (request: ProfileRequest): ProfileQuery | undefined => {
  const { description, dialect } = request;
  const measures = description.columns.flatMap((column) => measuresOf(column, dialect)).slice(0, mostMeasures);
  if (measures.length === 0) return undefined;
  const time = timeColumn(request);
  const dimensions = dimensionsOf(request, time);
  const counted = dialect.name === 'postgres' ? [] : distinctColumns(description);
  const limit = 2 * (dimensions.length * (mostValues + daysBack + 1) + 1);
  const partial = [...new Set(measures.flatMap(({ isPartial, column }) => (isPartial ? column : [])))];
  const parts: QueryParts = {
    ...{ measures, partial, dimensions, time, counted, wide: wideIn(request) },
    ...{ firstDay: firstDayOf(request.now), columns: typedColumns(description) },
  };
  return { limit, sql: profileSql(request, parts, limit), read: (rows) => readRows(rows, parts) };
};

interface QueryParts extends ProfileParts {
  /** Columns that are known to have too many values. */
  readonly wide: readonly string[];
  readonly firstDay: string;
  readonly columns: readonly TypedColumn[] | undefined;
}

/** As the baseline placed rows in time; else by the first column that can, of those whose days may be told if there are any. */
const timeColumn = ({ description, before, mayKeep }: ProfileRequest): ColumnDescription | undefined => {
  const times = description.columns.filter(isTime);
  if (before) return times.find(({ name }) => name === before.time?.column);
  return times.find(({ name }) => mayKeep(name)) ?? times[0];
};

const distinctColumns = ({ columns }: TableDescription): readonly string[] =>
  columns
    .filter((column) => isNumber(column) || column.type.kind === 'text')
    .map(({ name }) => name)
    .slice(0, mostMeasures);

const dimensionsOf = (request: ProfileRequest, time: ColumnDescription | undefined): readonly Dimension[] => {
  const { description, dialect, now, mayKeep } = request;
  const categories = categoriesOf(description, mayKeep).filter((column) => hasFewValues(column, request));
  const named = categories.slice(0, mostDimensions).map((column) => ({
    ...{ name: column.name, isDay: false },
    sql: categoryText(column, dialect),
  }));
  return time ? [...named, dayDimension(time, dialect, now)] : named;
};

/** Columns that may part the rows, if their values are few. */
export const categoriesOf = (
  { columns }: TableDescription,
  mayKeep: (column: string) => boolean,
): readonly ColumnDescription[] =>
  columns.filter((column) => isCategory(column) && !keyName.test(column.name) && mayKeep(column.name));

/** By what was counted before. */
const hasFewValues = ({ name }: ColumnDescription, request: ProfileRequest): boolean => {
  const total = request.before?.groups.find(({ dimension }) => dimension === null);
  return !wideIn(request).includes(name) && (total?.distinct[name] ?? 0) <= 2 * mostValues;
};

/** The last days, and one to come: somewhere it is tomorrow already. */
const dayDimension = (column: ColumnDescription, dialect: Dialect, now: string): Dimension => {
  const day = `CAST(${inUtc(column, dialect)} AS DATE)`;
  const date = (value: string) => dialect.expression({ kind: 'literal', type: 'date', value });
  const isRecent = `${day} >= ${date(firstDayOf(now))} AND ${day} <= ${date(addDays(dayOf(now), 1))}`;
  return { name: column.name, isDay: true, sql: `CASE WHEN ${isRecent} THEN ${asText(day, dialect)} END` };
};

const dayOf = (now: string): string => now.slice(0, 'YYYY-MM-DD'.length);

const firstDayOf = (now: string): string => addDays(dayOf(now), -daysBack);

const readRows = (rows: readonly Row[], parts: QueryParts): SplitProfile => {
  const { measures, time, dimensions, wide, firstDay, columns } = parts;
  const [kept, fresh] = [readPart(rows, 0, parts), readPart(rows, 1, parts)];
  const until = rows.map((row) => row.until).reduce<string>((last, each) => later(last, each), '');
  const isSpread = daysIn([...kept.groups, ...fresh.groups]) >= fewestDays;
  const isLeftOut = (index: number) => rows.length > 0 && rows.every((row) => placeOf(row, parts) !== index);
  const read = (kept.read + fresh.read) / Math.max(1, kept.rows + fresh.rows);
  return {
    ...{ kept: kept.groups, fresh: fresh.groups, firstDay },
    profile: {
      ...(columns && { columns }),
      ...(read > 0 && read < 1 && { read }),
      measures: measures.map(({ column, kind }) => ({ column, kind })),
      time: time && isSpread && until !== '' ? { column: time.name, until } : null,
      wide: [...wide, ...dimensions.flatMap(({ name, isDay }, index) => (!isDay && isLeftOut(index) ? name : []))],
    },
  };
};

/** A time that is nearly the same in all rows says when a table was delivered, and not when its rows came. */
const fewestDays = 3;

const daysIn = (groups: readonly Group[]): number =>
  new Set(groups.flatMap(({ isDay, value }) => (isDay ? (value ?? []) : []))).size;

const later = (last: string, each: Row[string] | undefined): string => {
  if (each == null) return last;
  const text = String(each).replace('T', ' ');
  return text > last ? text : last;
};
