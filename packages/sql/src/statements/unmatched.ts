import type { ColumnExpression, ForeignKey, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { aliasedScope, complete, fromScope, keyAliases, selectList } from './relation.js';

/** Distinct unmatched keys with their rows, then both totals: the distinct count touches unmatched rows only. */
export const unmatchedCounts = (
  foreignKey: Extract<Statement, { kind: 'unmatched_counts' }>,
  dialect: BaseDialect,
): string => {
  const { from, keys } = foreignKey;
  const aliases = keyAliases(keys);
  const child = `SELECT ${selectList(joinKeys(keys, dialect), aliases)} ${fromScope(from, dialect, complete(keys, dialect))}`;
  const list = aliases.map((alias) => `c.${alias}`).join(', ');
  return (
    `SELECT ${dialect.asBigint('coalesce(sum(n), 0)')} AS unmatched_rows, count(*) AS unmatched_keys ` +
    `FROM (SELECT count(*) AS n FROM (${child}) AS c WHERE ${noMatch(foreignKey, aliases, dialect)} GROUP BY ${list}) AS g`
  );
};

export const unmatchedRows = (
  foreignKey: Extract<Statement, { kind: 'unmatched_rows' }>,
  dialect: BaseDialect,
): string => {
  const { from, keys, limit } = foreignKey;
  const present = keys.map(({ name }) => `c.${dialect.quoteIdentifier(name)} IS NOT NULL`);
  const columns = keys.map((key) => dialect.joinKey(`c.${dialect.quoteIdentifier(key.name)}`, key.type));
  return (
    `SELECT c.* FROM ${aliasedScope(from, 'c', dialect)} WHERE ${present.join(' AND ')} ` +
    `AND ${noMatchFor(foreignKey, columns, dialect)} LIMIT ${limit}`
  );
};

/** Keys of one relation as they are equated with those of another. */
export const joinKeys = (keys: readonly ColumnExpression[], dialect: BaseDialect): readonly string[] =>
  keys.map((key) => dialect.joinKey(dialect.quoteIdentifier(key.name), key.type));

const noMatch = (foreignKey: ForeignKey, aliases: readonly string[], dialect: BaseDialect): string =>
  noMatchFor(
    foreignKey,
    aliases.map((alias) => `c.${alias}`),
    dialect,
  );

/** An anti-join: a NULL in the parent equals nothing and so hides nothing. */
const noMatchFor = (
  { reference, referenceKeys }: ForeignKey,
  childKeys: readonly string[],
  dialect: BaseDialect,
): string => {
  const equal = referenceKeys.map(
    (key, index) => `${dialect.joinKey(`p.${dialect.quoteIdentifier(key.name)}`, key.type)} = ${childKeys[index]}`,
  );
  return `NOT EXISTS (SELECT 1 FROM ${dialect.relation(reference)} AS p WHERE ${equal.join(' AND ')})`;
};
