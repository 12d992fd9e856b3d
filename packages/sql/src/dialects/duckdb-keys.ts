import type { ColumnExpression, ColumnKind, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { keyCounts } from '../statements/key-counts.js';
import { complete, fromScope, keyAliases, selectList } from '../statements/relation.js';

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Rows looked at to tell nearly unique keys from keys that repeat. */
const sampleRows = 65_536;
/** Nearly unique: fewer than one row in this many of the sample repeats a key. */
const repeatsOneIn = 1_024;

/**
 * Sorts one 64-bit mark of each key, which takes half the time of grouping keys that are nearly all different, and then
 * counts exactly the keys whose mark repeats. Keys that repeat often, as a sample shows, are grouped as they are. The
 * sorted rows reach `lag` in order; if they ever did not, the statement would fail rather than count wrongly.
 */
export const duckdbKeyCounts = (statement: Of<'key_counts'>, dialect: BaseDialect): string => {
  const { from, keys } = statement;
  if (from.table.kind === 'file' && from.table.format !== 'parquet') return keyCounts(statement, dialect);
  const mark = markOf(keys, dialect);
  const present = complete(keys, dialect);
  const scope = (...conditions: readonly string[]) => fromScope(from, dialect, [...present, ...conditions]);
  const list = dialect.keys(keys).join(', ');
  const isSpread = '(SELECT is_spread FROM aegis_sample)';
  return (
    `WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * ${repeatsOneIn} < count(*) AS is_spread ` +
    `FROM (SELECT ${mark} AS mark ${scope()} LIMIT ${sampleRows})), ` +
    `aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), ` +
    `list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated ` +
    `FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT ${mark} AS mark ${scope(isSpread)} ORDER BY mark))), ` +
    `aegis_grouped AS (SELECT count(*) AS n ${scope(`${mark} IN (SELECT unnest(repeated) FROM aegis_sorted)`)} GROUP BY ${list} ` +
    `UNION ALL SELECT count(*) AS n ${scope(`NOT ${isSpread}`)} GROUP BY ${list}), ` +
    `aegis_totals AS (SELECT coalesce(sum(n), 0) AS rows_grouped, count(*) AS keys, count_if(n > 1) AS duplicate_keys, ` +
    `coalesce(sum(n) FILTER (WHERE n > 1), 0) AS duplicate_rows FROM aegis_grouped) ` +
    `SELECT CAST(greatest(n, rows_grouped) AS BIGINT) AS complete, ` +
    `CAST(greatest(n, rows_grouped) - rows_grouped + keys AS BIGINT) AS distinct_keys, duplicate_keys, ` +
    `CAST(duplicate_rows AS BIGINT) AS duplicate_rows FROM aegis_totals, aegis_sorted`
  );
};

const fixedWidth: ReadonlySet<ColumnKind> = new Set(['integer', 'date', 'time', 'timestamp', 'timestamptz']);

/** The key itself where it is short, its hash otherwise: equal keys have equal marks. */
const markOf = (keys: readonly ColumnExpression[], dialect: BaseDialect): string => {
  const [only] = keys;
  const isItself = keys.length === 1 && only !== undefined && fixedWidth.has(only.type.kind);
  return isItself ? dialect.quoteIdentifier(only.name) : dialect.hash(keys);
};

/**
 * `NOT IN` without NULLs, or an explicit anti-join: both build the hash table on the parent, where `NOT EXISTS` may build
 * it on the larger child.
 */
export const duckdbUnmatchedCounts = (
  { from, keys, reference, referenceKeys }: Of<'unmatched_counts'>,
  dialect: BaseDialect,
): string => {
  const aliases = keyAliases(keys);
  const child = `SELECT ${selectList(dialect.keys(keys), aliases)} ${fromScope(from, dialect, complete(keys, dialect))}`;
  const parent =
    `SELECT ${selectList(dialect.keys(referenceKeys), aliases)} ` +
    fromScope({ table: reference }, dialect, complete(referenceKeys, dialect));
  const on = aliases.map((alias) => `p.${alias} = c.${alias}`).join(' AND ');
  const unmatched =
    keys.length === 1
      ? `(${child}) AS c WHERE k0 NOT IN (${parent})`
      : `(${child}) AS c ANTI JOIN (${parent}) AS p ON ${on}`;
  const list = aliases.map((alias) => `c.${alias}`).join(', ');
  return (
    `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys ` +
    `FROM (SELECT count(*) AS n FROM ${unmatched} GROUP BY ${list}) AS g`
  );
};
