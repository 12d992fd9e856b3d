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

/** Rows that are read of a table of PostgreSQL, about; figures of so many differ from those of all by a hundredth or two. */
const sampledRows = 100_000;

/**
 * Rows by each value of each dimension, and all of them. `is_fresh` is 1 for those that came after the baseline. The dimension is
 * the one whose `g…` is 0, its value in `d…`; where `aegis_at` is answered, its position, −1 for all rows, and the value `v`.
 * Then `n_all` is the number of rows of a part, of which `n` were read.
 */
export const profileSql = (asked: Asked, parts: ProfileParts, limit: number): string =>
  asked.dialect.name === 'postgres' ? sideBySide(asked, parts, limit) : inGroupingSets(asked, parts, limit);

const inGroupingSets = ({ description, dialect, before }: Asked, parts: ProfileParts, limit: number): string => {
  const { dimensions } = parts;
  const rows = `SELECT ${rowItems(parts, before, dialect).join(', ')} FROM ${relation(description.table, dialect)}`;
  const keys = dimensions.flatMap((_, index) => [`grouping(d${index}) AS g${index}`, `d${index}`]);
  const sets = ['(is_fresh)', ...dimensions.map((_, index) => `(is_fresh, d${index})`)];
  const grouped =
    `SELECT is_fresh, ${[...keys, ...figures(parts, dialect), ...newest(parts)].join(', ')} ` +
    `FROM ${derived(rows, 'aegis_rows', dialect)} GROUP BY GROUPING SETS (${sets.join(', ')})`;
  const set = ['is_fresh', ...dimensions.map((_, index) => `g${index}`)].join(', ');
  return `SELECT * FROM (${withValues(grouped, set)}) AS w WHERE aegis_values <= ${mostValues} ORDER BY n DESC LIMIT ${limit}`;
};

/**
 * PostgreSQL sorts all rows for each grouping set, on one core. Here each row stands beside itself once for each dimension, which
 * is hashed, on several cores; and of a large table only a sample is read, the same one while rows stay where they are. The
 * number of rows and their newest time are of all.
 */
const sideBySide = (asked: Asked, parts: ProfileParts, limit: number): string => {
  const { description, dialect, before } = asked;
  const table = relation(description.table, dialect);
  const items = rowItems(parts, before, dialect).join(', ');
  const fresh = [`${freshness(parts.time, before, dialect)} AS is_fresh`, ...timeItem(parts, dialect)].join(', ');
  const whole = `SELECT is_fresh, ${['count(*) AS n_all', ...newest(parts)].join(', ')} FROM (SELECT ${fresh} FROM ${table}) AS f GROUP BY is_fresh`;
  const share = `(SELECT 100 * least(1, ${sampledRows}.0 / greatest(1, sum(n_all))) FROM aegis_whole)`;
  const sampled = description.kind === 'table' ? `${table} TABLESAMPLE BERNOULLI (${share}) REPEATABLE (7)` : table;
  const sides = ['(-1, NULL)', ...parts.dimensions.map((_, index) => `(${index}, d${index})`)];
  const grouped =
    `SELECT is_fresh, aegis_at, v, ${figures(parts, dialect).join(', ')} ` +
    `FROM ${derived(`SELECT ${items} FROM ${sampled}`, 'aegis_rows', dialect)} ` +
    `CROSS JOIN LATERAL (VALUES ${sides.join(', ')}) AS s (aegis_at, v) GROUP BY is_fresh, aegis_at, v`;
  return (
    `WITH aegis_whole AS (${whole}) SELECT * FROM aegis_whole LEFT JOIN (${withValues(grouped, 'is_fresh, aegis_at')}) AS w ` +
    `USING (is_fresh) WHERE coalesce(aegis_values, 0) <= ${mostValues} ORDER BY n DESC LIMIT ${limit}`
  );
};

const withValues = (grouped: string, set: string): string =>
  `SELECT p.*, count(*) OVER (PARTITION BY ${set}) AS aegis_values FROM (${grouped}) AS p`;

/** What is computed once a row. */
const rowItems = (parts: ProfileParts, before: Profile | undefined, dialect: Dialect): readonly string[] => {
  const { measures, partial, dimensions, time, counted } = parts;
  return [
    `${freshness(time, before, dialect)} AS is_fresh`,
    ...dimensions.map(({ sql }, index) => `${sql} AS d${index}`),
    ...measures.map(({ sql }, index) => `${sql} AS x${index}`),
    ...partial.map((name, index) => `${dialect.quoteIdentifier(name)} AS k${index}`),
    ...counted.map((name, index) => `${dialect.quoteIdentifier(name)} AS u${index}`),
    ...(dialect.name === 'postgres' ? [] : timeItem(parts, dialect)),
  ];
};

const timeItem = ({ time }: ProfileParts, dialect: Dialect): readonly string[] =>
  time ? [`CASE WHEN ${isInTime(time, dialect)} THEN ${dialect.quoteIdentifier(time.name)} END AS t`] : [];

const newest = ({ time }: ProfileParts): readonly string[] => (time ? ['max(t) AS until'] : []);

const figures = ({ measures, partial, counted }: ProfileParts, dialect: Dialect): readonly string[] => [
  'count(*) AS n',
  ...measures.flatMap((_, index) => [
    `count(x${index}) AS c${index}`,
    `sum(x${index}) AS s${index}`,
    `sum(x${index} * x${index}) AS q${index}`,
  ]),
  ...partial.map((_, index) => `count(k${index}) AS k${index}`),
  ...counted.map((_, index) => `${approximateCount(dialect)}(u${index}) AS a${index}`),
];

/** 1 for rows that came after the baseline was measured. */
const freshness = (time: ColumnDescription | undefined, before: Profile | undefined, dialect: Dialect): string => {
  if (!time || !before?.time) return '0';
  const isFresh = `${isAfter(time, dialect, before.time.until)} AND ${isInTime(time, dialect)}`;
  return `CASE WHEN ${isFresh} THEN 1 ELSE 0 END`;
};

const approximateCount = ({ name }: Dialect): string =>
  name === 'athena' || name === 'trino' ? 'approx_distinct' : 'approx_count_distinct';
