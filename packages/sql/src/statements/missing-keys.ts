import type { ColumnExpression, ScopedRelation } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { complete, fromScope, keyAliases, selectList } from './relation.js';

/** One side of a comparison of keys. */
export interface KeySide {
  readonly from: ScopedRelation;
  readonly keys: readonly ColumnExpression[];
}

/** Distinct complete keys of one side that the other lacks, as `k0, k1, …`. */
export const missingKeys = (present: KeySide, absent: KeySide, dialect: BaseDialect): string => {
  const aliases = keyAliases(present.keys);
  const on = aliases.map((alias) => `b.${alias} = a.${alias}`).join(' AND ');
  const rows = dialect.antiJoin(`(${keysOf(present, dialect)}) AS a`, `(${keysOf(absent, dialect)}) AS b`, on);
  return `SELECT DISTINCT ${aliases.map((alias) => `a.${alias}`).join(', ')} FROM ${rows}`;
};

const keysOf = ({ from, keys }: KeySide, dialect: BaseDialect): string => {
  const expressions = keys.map((key) => dialect.joinKey(dialect.quoteIdentifier(key.name), key.type));
  return `SELECT ${selectList(expressions, keyAliases(keys))} ${fromScope(from, dialect, complete(keys, dialect))}`;
};

/** `n` rows of one side, `incomplete` of them with a NULL in their keys. */
export const totals = ({ from, keys }: KeySide, dialect: BaseDialect): string => {
  const isIncomplete = keys.map(({ name }) => `${dialect.quoteIdentifier(name)} IS NULL`).join(' OR ');
  return `(SELECT count(*) AS n, ${dialect.countIf(isIncomplete)} AS incomplete ${fromScope(from, dialect)})`;
};
