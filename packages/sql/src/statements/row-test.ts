import type { ColumnExpression, Expression, KnownKeys, RowTest, ScopedRelation } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { renderCondition } from '../expressions.js';
import { missingKeys } from './missing-keys.js';
import { complete, fromScope, keyAliases, selectList } from './relation.js';
import { joinKeys } from './unmatched.js';

/** A test as SQL: the condition that is true of failing rows, and what has to be joined for it to be asked. */
export interface AskedTest {
  readonly condition: string;
  readonly join?: string;
  /** A sub-select that the join mentions by its name, with that name. */
  readonly named?: string;
}

/** `index` tells the joins of several tests apart. */
export const askedTest = (test: RowTest, index: number, from: ScopedRelation, dialect: BaseDialect): AskedTest => {
  if (test.kind === 'condition') return { condition: trueWhere(test.condition, dialect) };
  if (test.known && test.known.length > 0) return askedKnown(test.keys, test.known, index, dialect);
  return test.kind === 'unmatched'
    ? askedUnmatched(test, index, from, dialect)
    : askedDuplicated(test, index, from, dialect);
};

/** By the keys of the reference; where a sub-select is answered once, by those that the reference lacks, which are fewer. */
const askedUnmatched = (
  { reference, referenceKeys, keys }: Extract<RowTest, { kind: 'unmatched' }>,
  index: number,
  from: ScopedRelation,
  dialect: BaseDialect,
): AskedTest => {
  const parent = { from: { table: reference }, keys: referenceKeys };
  const renamed = selectList(keyAliases(keys), aliases(keys, index));
  const missing = `SELECT ${renamed} FROM (${missingKeys({ from, keys }, parent, dialect)}) AS aegis_missing`;
  const named = dialect.named(missing, `aegis_t${index}`);
  if (named !== undefined) return { ...found(`aegis_t${index}`, keys, index, dialect), named };
  const scope = fromScope(parent.from, dialect, complete(referenceKeys, dialect));
  const distinct = `SELECT DISTINCT ${aliased(referenceKeys, index, dialect)} ${scope}`;
  const present = complete(keys, dialect).join(' AND ');
  const join = joined(`(${distinct}) AS aegis_t${index}`, keys, index, dialect);
  return { condition: `${present} AND ${alias(index, 0)} IS NULL`, join };
};

const askedDuplicated = (
  { keys }: Extract<RowTest, { kind: 'duplicated' }>,
  index: number,
  from: ScopedRelation,
  dialect: BaseDialect,
): AskedTest => {
  const ordinals = keys.map((_, position) => position + 1).join(', ');
  const scope = fromScope(from, dialect, complete(keys, dialect));
  const repeated = `SELECT ${aliased(keys, index, dialect)} ${scope} GROUP BY ${ordinals} HAVING count(*) > 1`;
  const named = dialect.named(repeated, `aegis_t${index}`);
  if (named === undefined) return found(`(${repeated}) AS aegis_t${index}`, keys, index, dialect);
  return { ...found(`aegis_t${index}`, keys, index, dialect), named };
};

const askedKnown = (
  keys: readonly ColumnExpression[],
  known: KnownKeys,
  index: number,
  dialect: BaseDialect,
): AskedTest => {
  const rows = known.map((values) => values.map((value, position) => dialect.literal(value, keys[position]?.type)));
  return found(dialect.constantRows(rows, aliases(keys, index), `aegis_t${index}`), keys, index, dialect);
};

/** Whether the keys of a row are among those of a relation. */
const found = (
  relation: string,
  keys: readonly ColumnExpression[],
  index: number,
  dialect: BaseDialect,
): AskedTest => ({ condition: `${alias(index, 0)} IS NOT NULL`, join: joined(relation, keys, index, dialect) });

/** An expression as a condition, `TRUE` where it holds of every row. */
export const trueWhere = (expression: Expression, dialect: BaseDialect): string =>
  renderCondition(expression, dialect) ?? 'TRUE';

/** `WITH` the sub-selects that tests mention by name, and others; nothing where there are none. */
export const withNamed = (tests: readonly AskedTest[], others: readonly string[] = []): string => {
  const all = [...tests.flatMap(({ named }) => named ?? []), ...others];
  return all.length === 0 ? '' : `WITH ${all.join(', ')} `;
};

/** `FROM` the relation with everything that the tests join, `WHERE` it is in scope and satisfies more. */
export const fromTested = (
  from: ScopedRelation,
  tests: readonly AskedTest[],
  dialect: BaseDialect,
  conditions: readonly string[] = [],
): string => {
  const joins = tests.flatMap(({ join }) => join ?? []);
  const where = [...(from.where ? [`(${from.where.sql})`] : []), ...conditions];
  const filter = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
  return `FROM ${[dialect.relation(from.table), ...joins].join(' ')}${filter}`;
};

const alias = (index: number, position: number): string => `aegis_t${index}_k${position}`;

const aliases = (keys: readonly ColumnExpression[], index: number): readonly string[] =>
  keys.map((_, position) => alias(index, position));

const aliased = (keys: readonly ColumnExpression[], index: number, dialect: BaseDialect): string =>
  selectList(joinKeys(keys, dialect), aliases(keys, index));

const joined = (relation: string, keys: readonly ColumnExpression[], index: number, dialect: BaseDialect): string => {
  const equal = joinKeys(keys, dialect).map((key, position) => `${alias(index, position)} = ${key}`);
  return `LEFT JOIN ${relation} ON ${equal.join(' AND ')}`;
};
