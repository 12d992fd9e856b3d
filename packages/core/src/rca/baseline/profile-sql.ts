import type { ColumnDescription, Dialect, TableDescription } from '@aegis/spec';
import { derived, relation } from '../survey/query-text.js';
import { isAfter, isInTime, type MeasureColumn } from './measures.js';
import type { Profile } from './profile.js';

/** What a table is parted by. */
export interface Dimension {
  readonly name: string;
  /** Its value as text. */
  readonly sql: string;
  readonly isDay: boolean;
}

/** What is asked of each part of a table. */
export interface ProfileParts {
  readonly measures: readonly MeasureColumn[];
  /** Columns with values that are not summed up. */
  readonly partial: readonly string[];
  readonly dimensions: readonly Dimension[];
  readonly time: ColumnDescription | undefined;
  /** Columns whose different values are counted, about. */
  readonly counted: readonly string[];
}

/** The table that is asked. */
export interface Asked {
  readonly description: TableDescription;
  readonly dialect: Dialect;
  /** What was measured before; rows after its newest time are told apart. */
  readonly before: Profile | undefined;
}

/** Values of a dimension; with more it says too little, and is left out. */
export const mostValues = 50;

/**
 * Rows by each value of each dimension, and all of them. `is_fresh` is 1 for those that came after the baseline. The dimension is
 * the one whose `g…` is 0, its value in `d…`; where `aegis_at` is answered, its position, −1 for all rows, and the value `v`.
 * Where `n_all` is, it is the number of rows of a part, of which `n` were read.
 */
export const profileSql = (asked: Asked, parts: ProfileParts, limit: number): string => {
  const sampling = samplings[asked.dialect.name];
  if (sampling) return ofWholeAndSample(asked, parts, sampling, limit);
  const { description, dialect } = asked;
  const grouped = inGroupingSets(asked, parts, relation(description.table, dialect), 'newest and counts');
  return `SELECT * FROM (${grouped}) AS w WHERE aegis_values <= ${mostValues} ORDER BY n DESC LIMIT ${limit}`;
};

/** How an engine on one machine reads some rows of a table, the same ones while rows stay where they are. */
interface Sampling {
  /** About so many rows are read; figures of so many differ from those of all by a hundredth of a deviation or two. */
  readonly rows: number;
  /** @param share from 0 to 1 */
  readonly from: (table: string, share: string) => string;
  /** What the table must not have. */
  readonly column?: string;
  readonly grouped: (asked: Asked, parts: ProfileParts, from: string) => string;
}

/**
 * Rows and different values are counted over all rows, and the newest time is that of all: it takes little, where counting
 * different values in every group takes most of the time. All else is of a sample where the table is large.
 */
const ofWholeAndSample = (asked: Asked, parts: ProfileParts, sampling: Sampling, limit: number): string => {
  const { description, dialect, before } = asked;
  const table = relation(description.table, dialect);
  const items = [
    `${freshness(parts.time, before, dialect)} AS is_fresh`,
    ...countedItems(parts, dialect),
    ...timeItem(parts, dialect),
  ];
  const counts = ['count(*) AS n_all', ...countsOf(parts, dialect), ...newest(parts)];
  const whole = `SELECT is_fresh, ${counts.join(', ')} FROM (SELECT ${items.join(', ')} FROM ${table}) AS f GROUP BY is_fresh`;
  const share = `(SELECT least(1, ${sampling.rows}.0 / greatest(1, sum(n_all))) FROM aegis_whole)`;
  const grouped = sampling.grouped(
    asked,
    parts,
    canBeSampled(description, sampling) ? sampling.from(table, share) : table,
  );
  return (
    `WITH aegis_whole AS (${whole}) SELECT * FROM aegis_whole LEFT JOIN (${grouped}) AS w USING (is_fresh) ` +
    `WHERE coalesce(aegis_values, 0) <= ${mostValues} ORDER BY n DESC LIMIT ${limit}`
  );
};

const canBeSampled = ({ kind, columns }: TableDescription, { column }: Sampling): boolean =>
  kind === 'table' && !columns.some(({ name }) => name.toLowerCase() === column);

const inGroupingSets = (
  { dialect, before }: Asked,
  parts: ProfileParts,
  from: string,
  more?: 'newest and counts',
): string => {
  const { dimensions } = parts;
  const items = [
    ...rowItems(parts, before, dialect),
    ...(more ? [...countedItems(parts, dialect), ...timeItem(parts, dialect)] : []),
  ];
  const keys = dimensions.flatMap((_, index) => [`grouping(d${index}) AS g${index}`, `d${index}`]);
  const asked = [...keys, ...figures(parts), ...(more ? [...countsOf(parts, dialect), ...newest(parts)] : [])];
  const sets = ['(is_fresh)', ...dimensions.map((_, index) => `(is_fresh, d${index})`)];
  const grouped =
    `SELECT is_fresh, ${asked.join(', ')} FROM ${derived(`SELECT ${items.join(', ')} FROM ${from}`, 'aegis_rows', dialect)} ` +
    `GROUP BY GROUPING SETS (${sets.join(', ')})`;
  return withValues(grouped, ['is_fresh', ...dimensions.map((_, index) => `g${index}`)].join(', '));
};

/**
 * PostgreSQL sorts all rows for each grouping set, on one core. Here each row stands beside itself once for each dimension, which
 * is hashed, on several cores.
 */
const sideBySide = ({ dialect, before }: Asked, parts: ProfileParts, from: string): string => {
  const items = rowItems(parts, before, dialect).join(', ');
  const sides = ['(-1, NULL)', ...parts.dimensions.map((_, index) => `(${index}, d${index})`)];
  const grouped =
    `SELECT is_fresh, aegis_at, v, ${figures(parts).join(', ')} ` +
    `FROM ${derived(`SELECT ${items} FROM ${from}`, 'aegis_rows', dialect)} ` +
    `CROSS JOIN LATERAL (VALUES ${sides.join(', ')}) AS s (aegis_at, v) GROUP BY is_fresh, aegis_at, v`;
  return withValues(grouped, 'is_fresh, aegis_at');
};

const samplings: { readonly [dialect: string]: Sampling | undefined } = {
  postgres: {
    rows: 100_000,
    from: (table, share) => `${table} TABLESAMPLE BERNOULLI (100 * ${share}) REPEATABLE (7)`,
    grouped: sideBySide,
  },
  duckdb: {
    rows: 250_000,
    from: (table, share) => `${table} WHERE hash(rowid) % 1000000 < 1000000 * ${share}`,
    column: 'rowid',
    grouped: inGroupingSets,
  },
};

const withValues = (grouped: string, set: string): string =>
  `SELECT p.*, count(*) OVER (PARTITION BY ${set}) AS aegis_values FROM (${grouped}) AS p`;

/** What is computed once a row. */
const rowItems = (
  { measures, partial, dimensions, time }: ProfileParts,
  before: Profile | undefined,
  dialect: Dialect,
): readonly string[] => [
  `${freshness(time, before, dialect)} AS is_fresh`,
  ...dimensions.map(({ sql }, index) => `${sql} AS d${index}`),
  ...measures.map(({ sql }, index) => `${sql} AS x${index}`),
  ...partial.map((name, index) => `${dialect.quoteIdentifier(name)} AS k${index}`),
];

const countedItems = ({ counted }: ProfileParts, dialect: Dialect): readonly string[] =>
  counted.map((name, index) => `${dialect.quoteIdentifier(name)} AS u${index}`);

const countsOf = ({ counted }: ProfileParts, dialect: Dialect): readonly string[] =>
  counted.map((_, index) => `${approximateCount(dialect)}(u${index}) AS a${index}`);

const timeItem = ({ time }: ProfileParts, dialect: Dialect): readonly string[] =>
  time ? [`CASE WHEN ${isInTime(time, dialect)} THEN ${dialect.quoteIdentifier(time.name)} END AS t`] : [];

const newest = ({ time }: ProfileParts): readonly string[] => (time ? ['max(t) AS until'] : []);

const figures = ({ measures, partial }: ProfileParts): readonly string[] => [
  'count(*) AS n',
  ...measures.flatMap((_, index) => [
    `count(x${index}) AS c${index}`,
    `sum(x${index}) AS s${index}`,
    `sum(x${index} * x${index}) AS q${index}`,
  ]),
  ...partial.map((_, index) => `count(k${index}) AS k${index}`),
];

/** 1 for rows that came after the baseline was measured. */
const freshness = (time: ColumnDescription | undefined, before: Profile | undefined, dialect: Dialect): string => {
  if (!time || !before?.time) return '0';
  const isFresh = `${isAfter(time, dialect, before.time.until)} AND ${isInTime(time, dialect)}`;
  return `CASE WHEN ${isFresh} THEN 1 ELSE 0 END`;
};

const approximateCount = ({ name }: Dialect): string =>
  name === 'athena' || name === 'trino' ? 'approx_distinct' : 'approx_count_distinct';
