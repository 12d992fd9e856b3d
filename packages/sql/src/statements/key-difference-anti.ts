import type { ColumnExpression, ScopedRelation, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { complete, fromScope, keyAliases, selectList } from './relation.js';

/**
 * Two anti-joins, whose distinct count touches only the keys that are missing, and one count of each side. Several
 * scans, but no grouping of all keys: for engines where a scan is cheap and not billed.
 */
export const keyDifferenceByAntiJoin = (
  { target, targetKeys, source, sourceKeys }: Extract<Statement, { kind: 'key_difference_counts' }>,
  dialect: BaseDialect,
): string => {
  const inSource = keysOf(source, sourceKeys, dialect);
  const inTarget = keysOf(target, targetKeys, dialect);
  const aliases = keyAliases(targetKeys);
  return (
    `SELECT mt.n AS missing_in_target, ms.n AS missing_in_source, s.incomplete AS null_in_source, ` +
    `t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target ` +
    `FROM ${missing(inSource, inTarget, aliases)} AS mt, ${missing(inTarget, inSource, aliases)} AS ms, ` +
    `${totals(source, sourceKeys, dialect)} AS s, ${totals(target, targetKeys, dialect)} AS t`
  );
};

const keysOf = (from: ScopedRelation, keys: readonly ColumnExpression[], dialect: BaseDialect): string => {
  const expressions = keys.map((key) => dialect.joinKey(dialect.quoteIdentifier(key.name), key.type));
  return `SELECT ${selectList(expressions, keyAliases(keys))} ${fromScope(from, dialect, complete(keys, dialect))}`;
};

const missing = (present: string, absent: string, aliases: readonly string[]): string => {
  const on = aliases.map((alias) => `b.${alias} = a.${alias}`).join(' AND ');
  const distinct = aliases.map((alias) => `a.${alias}`).join(', ');
  return (
    `(SELECT count(*) AS n FROM (SELECT DISTINCT ${distinct} FROM (${present}) AS a ` +
    `WHERE NOT EXISTS (SELECT 1 FROM (${absent}) AS b WHERE ${on})) AS d)`
  );
};

const totals = (from: ScopedRelation, keys: readonly ColumnExpression[], dialect: BaseDialect): string => {
  const isIncomplete = keys.map(({ name }) => `${dialect.quoteIdentifier(name)} IS NULL`).join(' OR ');
  return `(SELECT count(*) AS n, ${dialect.countIf(isIncomplete)} AS incomplete ${fromScope(from, dialect)})`;
};
