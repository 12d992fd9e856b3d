import type { ColumnDescription, Dialect, Row, TableDescription } from '@aegis/spec';
import { addDays } from '../survey/days.js';
import { asText, categoryText, derived, isCategory, isNumber, isTime, relation } from '../survey/query-text.js';
import { inUtc, isAfter, isInTime, type MeasureColumn, measuresOf } from './measures.js';
import type { Group, Profile, Sums, TypedColumn } from './profile.js';
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

interface ProfileRequest {
  readonly description: TableDescription;
  readonly dialect: Dialect;
  /** ISO 8601: days are counted back from here. */
  readonly now: string;
  /** What was measured before; rows after its newest time are told apart. */
  readonly before: Profile | undefined;
  /** Columns that are known to have too many values to part rows by, beside those of `before`. */
  readonly wide?: readonly string[];
  /** Whether values of a column may be kept. */
  readonly mayKeep: (column: string) => boolean;
}

const mostMeasures = 40;
const mostDimensions = 8;
export const mostValues = 50;
const daysBack = 45;
const keyName = /(^|_)(id|key|uuid|guid|hash|token|email|phone|name|url|address)$/i;

interface Dimension {
  readonly name: string;
  readonly sql: string;
  readonly isDay: boolean;
}

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

interface QueryParts {
  readonly measures: readonly MeasureColumn[];
  /** Columns with values that are not summed up. */
  readonly partial: readonly string[];
  readonly dimensions: readonly Dimension[];
  readonly time: ColumnDescription | undefined;
  /** Columns whose different values are counted, about. */
  readonly counted: readonly string[];
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

const profileSql = (request: ProfileRequest, parts: QueryParts, limit: number): string => {
  const { description, dialect } = request;
  const { dimensions } = parts;
  const rows = `SELECT ${rowItems(request, parts).join(', ')} FROM ${relation(description.table, dialect)}`;
  const keys = dimensions.flatMap((_, index) => [`grouping(d${index}) AS g${index}`, `d${index}`]);
  const sets = ['(is_fresh)', ...dimensions.map((_, index) => `(is_fresh, d${index})`)];
  const grouped =
    `SELECT is_fresh, ${[...keys, ...figures(parts, dialect)].join(', ')} FROM ${derived(rows, 'aegis_rows', dialect)} ` +
    `GROUP BY GROUPING SETS (${sets.join(', ')})`;
  const set = ['is_fresh', ...dimensions.map((_, index) => `g${index}`)].join(', ');
  return (
    `SELECT * FROM (SELECT p.*, count(*) OVER (PARTITION BY ${set}) AS aegis_values FROM (${grouped}) AS p) AS w ` +
    `WHERE aegis_values <= ${mostValues} ORDER BY n DESC LIMIT ${limit}`
  );
};

/** What is computed once a row. */
const rowItems = ({ dialect, before }: ProfileRequest, parts: QueryParts): readonly string[] => {
  const { measures, partial, dimensions, time, counted } = parts;
  return [
    `${freshness(time, before, dialect)} AS is_fresh`,
    ...dimensions.map(({ sql }, index) => `${sql} AS d${index}`),
    ...measures.map(({ sql }, index) => `${sql} AS x${index}`),
    ...partial.map((name, index) => `${dialect.quoteIdentifier(name)} AS k${index}`),
    ...counted.map((name, index) => `${dialect.quoteIdentifier(name)} AS u${index}`),
    ...(time ? [`CASE WHEN ${isInTime(time, dialect)} THEN ${dialect.quoteIdentifier(time.name)} END AS t`] : []),
  ];
};

const figures = ({ measures, partial, counted, time }: QueryParts, dialect: Dialect): readonly string[] => [
  'count(*) AS n',
  ...measures.flatMap((_, index) => [
    `count(x${index}) AS c${index}`,
    `sum(x${index}) AS s${index}`,
    `sum(x${index} * x${index}) AS q${index}`,
  ]),
  ...partial.map((_, index) => `count(k${index}) AS k${index}`),
  ...counted.map((_, index) => `${approximateCount(dialect)}(u${index}) AS a${index}`),
  ...(time ? ['max(t) AS until'] : []),
];

/** 1 for rows that came after the baseline was measured. */
const freshness = (time: ColumnDescription | undefined, before: Profile | undefined, dialect: Dialect): string => {
  if (!time || !before?.time) return '0';
  const isFresh = `${isAfter(time, dialect, before.time.until)} AND ${isInTime(time, dialect)}`;
  return `CASE WHEN ${isFresh} THEN 1 ELSE 0 END`;
};

const approximateCount = ({ name }: Dialect): string =>
  name === 'athena' || name === 'trino' ? 'approx_distinct' : 'approx_count_distinct';

const readRows = (rows: readonly Row[], parts: QueryParts): SplitProfile => {
  const { measures, time, dimensions, wide, firstDay, columns } = parts;
  const groupsIn = (fresh: number) =>
    rows.filter(({ is_fresh }) => Number(is_fresh) === fresh).flatMap((row) => readGroup(row, parts));
  const until = rows.map((row) => row.until).reduce<string>((last, each) => later(last, each), '');
  const [kept, fresh] = [groupsIn(0), groupsIn(1)];
  const isSpread = daysIn([...kept, ...fresh]) >= fewestDays;
  const isLeftOut = (index: number) => rows.length > 0 && rows.every((row) => Number(row[`g${index}`]) === 1);
  return {
    ...{ kept, fresh, firstDay },
    profile: {
      ...(columns && { columns }),
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

const readGroup = (row: Row, parts: QueryParts): readonly Group[] => {
  const { dimensions, counted } = parts;
  const at = dimensions.findIndex((_, index) => Number(row[`g${index}`]) === 0);
  const value = row[`d${at}`];
  return [
    {
      dimension: dimensions[at]?.name ?? null,
      value: value == null ? null : String(value),
      isDay: dimensions[at]?.isDay ?? false,
      rows: Number(row.n),
      distinct: at === -1 ? Object.fromEntries(counted.map((name, index) => [name, Number(row[`a${index}`])])) : {},
      sums: readSums(row, parts),
    },
  ];
};

const readSums = (row: Row, { measures, partial }: QueryParts): readonly Sums[] =>
  measures.map(({ column, isPartial }, index) => ({
    count: Number(row[`c${index}`]),
    sum: Number(row[`s${index}`] ?? 0),
    squares: Number(row[`q${index}`] ?? 0),
    ...(isPartial && { known: Number(row[`k${partial.indexOf(column)}`]) }),
  }));
