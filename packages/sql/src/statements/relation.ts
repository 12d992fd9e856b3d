import type { ColumnExpression, ScopedRelation } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';

/** `FROM table WHERE …` of one relation. */
export const fromScope = (
  from: ScopedRelation,
  dialect: BaseDialect,
  conditions: readonly (string | undefined)[] = [],
): string => `FROM ${dialect.relation(from.table)}${whereScope(from, conditions)}`;

/** ` WHERE …`, or nothing. The user's condition stands alone in its parentheses. */
export const whereScope = ({ where }: ScopedRelation, conditions: readonly (string | undefined)[]): string => {
  const all = [where && `(${where.sql})`, ...conditions].filter((condition) => condition !== undefined);
  return all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
};

/** The relation as one item of a FROM list whose columns are reached through `alias`. */
export const aliasedScope = (from: ScopedRelation, alias: string, dialect: BaseDialect): string =>
  from.where ? `(SELECT * ${fromScope(from, dialect)}) AS ${alias}` : `${dialect.relation(from.table)} AS ${alias}`;

/** Whether each mention of the relation parses a file of text, or runs the query of a view, once more. */
export const isCostlyToRepeat = ({ table, isView }: ScopedRelation): boolean =>
  isView === true || (table.kind === 'file' && table.format !== 'parquet');

/** Conditions that every key column is non-NULL. */
export const complete = (keys: readonly ColumnExpression[], dialect: BaseDialect): readonly string[] =>
  keys.map(({ name }) => `${dialect.quoteIdentifier(name)} IS NOT NULL`);

/** `k0, k1, …`: names under which derived tables carry keys, whatever the columns are called. */
export const keyAliases = (keys: readonly ColumnExpression[]): readonly string[] => keys.map((_, index) => `k${index}`);

/** `expression AS name, …` */
export const selectList = (expressions: readonly string[], names: readonly string[]): string =>
  expressions.map((expression, index) => `${expression} AS ${names[index]}`).join(', ');
