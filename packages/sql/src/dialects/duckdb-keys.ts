import type { ColumnExpression, ColumnKind, ForeignKey, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { duplicateKeys } from '../statements/duplicate-keys.js';
import { keyCounts } from '../statements/key-counts.js';
import { aliasedScope, complete, fromScope, isCostlyToRepeat, keyAliases, selectList } from '../statements/relation.js';
import { joinKeys, unmatchedRows } from '../statements/unmatched.js';

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
  if (isCostlyToRepeat(from)) return keyCounts(statement, dialect);
  const { marks, candidates } = repeatedKeys(statement, dialect);
  const [grouped, aliases] = [dialect.keys(keys), keyAliases(keys)];
  const groups = candidates.map(
    (scope) => `SELECT ${selectList(grouped, aliases)}, count(*) AS n ${scope} GROUP BY ${grouped.join(', ')}`,
  );
  const examples = examplesOf(statement, dialect);
  return (
    `WITH ${marks}, aegis_grouped AS (${groups.join(' UNION ALL ')}), ` +
    `aegis_totals AS (SELECT coalesce(sum(n), 0) AS rows_grouped, count(*) AS keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, ` +
    `coalesce(sum(n) FILTER (WHERE n > 1), 0) AS duplicate_rows${examples && `, ${examples} AS examples`} FROM aegis_grouped) ` +
    `SELECT CAST(greatest(n, rows_grouped) AS BIGINT) AS complete, ` +
    `CAST(greatest(n, rows_grouped) - rows_grouped + keys AS BIGINT) AS distinct_keys, duplicate_keys, ` +
    `CAST(duplicate_rows AS BIGINT) AS duplicate_rows${examples && ', examples'} FROM aegis_totals, aegis_sorted`
  );
};

/** A name that the count itself takes, and one that the driver's objects cannot have. */
const impossibleFields: ReadonlySet<string> = new Set(['occurrences', '__proto__']);

/** The first rows that {@link duckdbDuplicateKeys} would give; nothing when none are wanted or a name is impossible. */
const examplesOf = ({ keys, examples }: Of<'key_counts'>, dialect: BaseDialect): string => {
  if (!examples || keys.some(({ name }) => impossibleFields.has(name.toLowerCase()))) return '';
  const aliases = keyAliases(keys);
  const named = keys.map(({ name }, index) => `${dialect.textLiteral(name)}: ${aliases[index]}`);
  const order = ['-n', ...aliases].join(', ');
  return `arg_min({${named.join(', ')}, 'occurrences': n}, (${order}), ${examples}) FILTER (WHERE n > 1)`;
};

/** Groups only keys whose mark repeats, found as {@link duckdbKeyCounts} finds them. */
export const duckdbDuplicateKeys = (statement: Of<'duplicate_keys'>, dialect: BaseDialect): string => {
  const { from, keys, limit } = statement;
  if (isCostlyToRepeat(from)) return duplicateKeys(statement, dialect);
  const { marks, candidates } = repeatedKeys(statement, dialect);
  const names = keys.map(({ name }) => dialect.quoteIdentifier(name));
  const ordinals = keys.map((_, index) => index + 1).join(', ');
  const groups = candidates.map(
    (scope) =>
      `SELECT ${selectList(dialect.keys(keys), names)}, count(*) AS occurrences ${scope} GROUP BY ${ordinals} HAVING count(*) > 1`,
  );
  return `WITH ${marks} ${groups.join(' UNION ALL ')} ORDER BY ${keys.length + 1} DESC, ${ordinals} LIMIT ${limit}`;
};

/**
 * Common table expressions that find the marks of repeated keys, and the two scopes, one of them empty, that together hold
 * every repeated key. `aegis_sorted.n` is the number of rows that were sorted.
 */
const repeatedKeys = ({ from, keys }: Pick<Of<'key_counts'>, 'from' | 'keys'>, dialect: BaseDialect) => {
  const mark = markOf(keys, dialect);
  const present = complete(keys, dialect);
  const scope = (...conditions: readonly string[]) => fromScope(from, dialect, [...present, ...conditions]);
  const isSpread = '(SELECT is_spread FROM aegis_sample)';
  return {
    marks:
      `aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * ${repeatsOneIn} < count(*) AS is_spread ` +
      `FROM (SELECT ${mark} AS mark ${scope()} LIMIT ${sampleRows})), ` +
      `aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), ` +
      `list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated ` +
      `FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT ${mark} AS mark ${scope(isSpread)} ORDER BY mark)))`,
    candidates: [scope(`${mark} IN (SELECT unnest(repeated) FROM aegis_sorted)`), scope(`NOT ${isSpread}`)],
  };
};

const fixedWidth: ReadonlySet<ColumnKind> = new Set(['integer', 'date', 'time', 'timestamp', 'timestamptz']);

/** The key itself where it is short, its hash otherwise: equal keys have equal marks. */
const markOf = (keys: readonly ColumnExpression[], dialect: BaseDialect): string => {
  const [only] = keys;
  const isItself = keys.length === 1 && only !== undefined && fixedWidth.has(only.type.kind);
  return isItself ? dialect.quoteIdentifier(only.name) : dialect.hash(keys);
};

/** Distinct unmatched keys with their rows, then both totals. */
export const duckdbUnmatchedCounts = (statement: Of<'unmatched_counts'>, dialect: BaseDialect): string => {
  const list = keyAliases(statement.keys).map((alias) => `c.${alias}`);
  return (
    `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys ` +
    `FROM (SELECT count(*) AS n FROM ${unmatched(statement, dialect)} GROUP BY ${list.join(', ')}) AS g`
  );
};

/** Finds a few unmatched keys first, so that whole rows are read only where those keys are. */
export const duckdbUnmatchedRows = (statement: Of<'unmatched_rows'>, dialect: BaseDialect): string => {
  const { from, keys, limit } = statement;
  if (isCostlyToRepeat(from)) return unmatchedRows(statement, dialect);
  const aliases = keyAliases(keys);
  const child = keys.map((key) => dialect.joinKey(`c.${dialect.quoteIdentifier(key.name)}`, key.type));
  const on = aliases.map((alias, index) => `m.${alias} = ${child[index]}`).join(' AND ');
  const found = `SELECT ${aliases.join(', ')} FROM ${unmatched(statement, dialect)} LIMIT ${limit}`;
  return `SELECT c.* FROM ${aliasedScope(from, 'c', dialect)} SEMI JOIN (${found}) AS m ON ${on} LIMIT ${limit}`;
};

/**
 * Unmatched keys as `c`. `NOT IN` without NULLs, or an explicit anti-join: both build the hash table on the parent, where
 * `NOT EXISTS` may build it on the larger child.
 */
const unmatched = ({ from, keys, reference, referenceKeys }: ForeignKey, dialect: BaseDialect): string => {
  const aliases = keyAliases(keys);
  const child = `SELECT ${selectList(joinKeys(keys, dialect), aliases)} ${fromScope(from, dialect, complete(keys, dialect))}`;
  const parent =
    `SELECT ${selectList(joinKeys(referenceKeys, dialect), aliases)} ` +
    fromScope({ table: reference }, dialect, complete(referenceKeys, dialect));
  const on = aliases.map((alias) => `p.${alias} = c.${alias}`).join(' AND ');
  return keys.length === 1
    ? `(${child}) AS c WHERE k0 NOT IN (${parent})`
    : `(${child}) AS c ANTI JOIN (${parent}) AS p ON ${on}`;
};
