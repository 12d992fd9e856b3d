import type { ColumnDescription, Dialect, Row, TableDescription } from '@aegis/spec';
import { asDouble, asText, isCategory, isNumber, isTime, relation } from '../survey/query-text.js';
import type { Group, Measure, MeasureKind, Profile } from './profile.js';

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
}

interface ProfileRequest {
  readonly description: TableDescription;
  readonly dialect: Dialect;
  /** ISO 8601: days are counted back from here. */
  readonly now: string;
  /** What was measured before; rows after its newest time are told apart. */
  readonly before: Profile | undefined;
  /** Whether values of a column may be kept. */
  readonly mayKeep: (column: string) => boolean;
}

const mostMeasures = 40;
const mostDimensions = 8;
const mostValues = 50;
const daysBack = 45;
const keyName = /(^|_)(id|key|uuid|guid|hash|token|email|phone|name|url|address)$/i;

interface MeasureColumn extends Measure {
  readonly sql: string;
}

interface Dimension {
  readonly name: string;
  readonly sql: string;
  readonly isDay: boolean;
}

/** One statement about a whole table: sums of every column, over all rows and over what few values part them into. */
export const profileQuery = (request: ProfileRequest): ProfileQuery | undefined => {
  const { description, dialect, before } = request;
  const measures = description.columns.flatMap((column) => measuresOf(column, dialect)).slice(0, mostMeasures);
  if (measures.length === 0) return undefined;
  const time = timeColumn(description, before);
  const dimensions = dimensionsOf(request, time);
  const counted = dialect.name === 'postgres' ? [] : distinctColumns(description);
  const limit = 2 * (dimensions.length * (mostValues + daysBack + 1) + 1);
  const parts = { measures, dimensions, time, counted };
  return { limit, sql: profileSql(request, parts, limit), read: (rows) => readRows(rows, parts) };
};

interface QueryParts {
  readonly measures: readonly MeasureColumn[];
  readonly dimensions: readonly Dimension[];
  readonly time: ColumnDescription | undefined;
  /** Columns whose different values are counted, about. */
  readonly counted: readonly string[];
}

/** As the baseline placed rows in time; else by the first column that can. */
const timeColumn = ({ columns }: TableDescription, before: Profile | undefined): ColumnDescription | undefined => {
  const times = columns.filter(isTime);
  return before ? times.find(({ name }) => name === before.time?.column) : times[0];
};

const measuresOf = (column: ColumnDescription, dialect: Dialect): readonly MeasureColumn[] => {
  const { name, type } = column;
  const sql = dialect.quoteIdentifier(name);
  const measure = (kind: MeasureKind, text: string): MeasureColumn => ({
    column: name,
    kind,
    sql: asDouble(text, dialect),
  });
  if (isNumber(column)) return [measure('number', sql)];
  if (type.kind === 'text') return [measure('length', `length(${asText(sql, dialect)})`)];
  if (!isTime(column)) return [];
  const day = `EXTRACT(YEAR FROM ${sql}) * 372 + EXTRACT(MONTH FROM ${sql}) * 31 + EXTRACT(DAY FROM ${sql})`;
  const hours = `EXTRACT(HOUR FROM ${sql}) * 60 + EXTRACT(MINUTE FROM ${sql})`;
  return [measure('days', day), ...(type.kind === 'date' ? [] : [measure('hours', hours)])];
};

const distinctColumns = ({ columns }: TableDescription): readonly string[] =>
  columns
    .filter((column) => isNumber(column) || column.type.kind === 'text')
    .map(({ name }) => name)
    .slice(0, mostMeasures);

const dimensionsOf = (
  { description, dialect, now, before, mayKeep }: ProfileRequest,
  time: ColumnDescription | undefined,
): readonly Dimension[] => {
  const categories = description.columns.filter(
    (column) =>
      isCategory(column) && !keyName.test(column.name) && mayKeep(column.name) && hasFewValues(column, before),
  );
  const named = categories.slice(0, mostDimensions).map(({ name }) => ({
    ...{ name, isDay: false },
    sql: asText(dialect.quoteIdentifier(name), dialect),
  }));
  return time ? [...named, dayDimension(time, dialect, now)] : named;
};

/** By what was counted before; at first, nobody knows. */
const hasFewValues = ({ name }: ColumnDescription, before: Profile | undefined): boolean =>
  (before?.groups.find(({ dimension }) => dimension === null)?.distinct[name] ?? 0) <= 2 * mostValues;

const dayDimension = ({ name }: ColumnDescription, dialect: Dialect, now: string): Dimension => {
  const column = dialect.quoteIdentifier(name);
  const day = `CAST(${column} AS DATE)`;
  const first = new Date(Date.parse(now) - daysBack * 86_400_000).toISOString().slice(0, 10);
  const since = dialect.expression({ kind: 'literal', type: 'date', value: first });
  return { name, isDay: true, sql: `CASE WHEN ${day} >= ${since} THEN ${asText(day, dialect)} END` };
};

const profileSql = ({ description, dialect, before }: ProfileRequest, parts: QueryParts, limit: number): string => {
  const { measures, dimensions, time, counted } = parts;
  const inner = [
    `${freshness(time, before, dialect)} AS is_fresh`,
    ...dimensions.map(({ sql }, index) => `${sql} AS d${index}`),
    ...measures.map(({ sql }, index) => `${sql} AS x${index}`),
    ...counted.map((name, index) => `${dialect.quoteIdentifier(name)} AS u${index}`),
    ...(time ? [`${dialect.quoteIdentifier(time.name)} AS t`] : []),
  ];
  const keys = dimensions.flatMap((_, index) => [`grouping(d${index}) AS g${index}`, `d${index}`]);
  const figures = [
    'count(*) AS n',
    ...measures.flatMap((_, index) => [
      `count(x${index}) AS c${index}`,
      `sum(x${index}) AS s${index}`,
      `sum(x${index} * x${index}) AS q${index}`,
    ]),
    ...counted.map((_, index) => `${approximateCount(dialect)}(u${index}) AS a${index}`),
    ...(time ? ['max(t) AS until'] : []),
  ];
  const sets = ['(is_fresh)', ...dimensions.map((_, index) => `(is_fresh, d${index})`)];
  const grouped =
    `SELECT is_fresh, ${[...keys, ...figures].join(', ')} FROM (SELECT ${inner.join(', ')} ` +
    `FROM ${relation(description.table, dialect)}) AS aegis_rows GROUP BY GROUPING SETS (${sets.join(', ')})`;
  const set = ['is_fresh', ...dimensions.map((_, index) => `g${index}`)].join(', ');
  return (
    `SELECT * FROM (SELECT p.*, count(*) OVER (PARTITION BY ${set}) AS aegis_values FROM (${grouped}) AS p) AS w ` +
    `WHERE aegis_values <= ${mostValues} ORDER BY n DESC LIMIT ${limit}`
  );
};

/** 1 for rows that came after the baseline was measured. */
const freshness = (time: ColumnDescription | undefined, before: Profile | undefined, dialect: Dialect): string => {
  if (!time || !before?.time) return '0';
  const type = time.type.kind === 'date' ? 'date' : time.type.kind === 'timestamptz' ? 'timestamptz' : 'timestamp';
  const until = dialect.expression({ kind: 'literal', type, value: before.time.until });
  return `CASE WHEN ${dialect.quoteIdentifier(time.name)} > ${until} THEN 1 ELSE 0 END`;
};

const approximateCount = ({ name }: Dialect): string =>
  name === 'athena' || name === 'trino' ? 'approx_distinct' : 'approx_count_distinct';

const readRows = (rows: readonly Row[], parts: QueryParts): SplitProfile => {
  const { measures, time } = parts;
  const groupsIn = (fresh: number) =>
    rows.filter(({ is_fresh }) => Number(is_fresh) === fresh).flatMap((row) => readGroup(row, parts));
  const until = rows.map((row) => row.until).reduce<string>((last, each) => later(last, each), '');
  const [kept, fresh] = [groupsIn(0), groupsIn(1)];
  const isSpread = daysIn([...kept, ...fresh]) >= fewestDays;
  return {
    ...{ kept, fresh },
    profile: {
      measures: measures.map(({ column, kind }) => ({ column, kind })),
      time: time && isSpread && until !== '' ? { column: time.name, until } : null,
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

const readGroup = (row: Row, { measures, dimensions, counted }: QueryParts): readonly Group[] => {
  const at = dimensions.findIndex((_, index) => Number(row[`g${index}`]) === 0);
  const value = row[`d${at}`];
  return [
    {
      dimension: dimensions[at]?.name ?? null,
      value: value == null ? null : String(value),
      isDay: dimensions[at]?.isDay ?? false,
      rows: Number(row.n),
      distinct: at === -1 ? Object.fromEntries(counted.map((name, index) => [name, Number(row[`a${index}`])])) : {},
      sums: measures.map((_, index) => ({
        count: Number(row[`c${index}`]),
        sum: Number(row[`s${index}`] ?? 0),
        squares: Number(row[`q${index}`] ?? 0),
      })),
    },
  ];
};
