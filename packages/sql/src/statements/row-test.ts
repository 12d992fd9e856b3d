import type { ColumnExpression, Expression, RowTest, ScopedRelation } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { renderCondition } from '../expressions.js';
import { complete, fromScope, selectList } from './relation.js';

/** A test as SQL: the condition that is true of failing rows, and what has to be joined for it to be asked. */
export interface AskedTest {
  readonly condition: string;
  readonly join?: string;
}

/** `index` tells the joins of several tests apart. */
export const askedTest = (test: RowTest, index: number, from: ScopedRelation, dialect: BaseDialect): AskedTest => {
  switch (test.kind) {
    case 'condition':
      return { condition: trueWhere(test.condition, dialect) };
    case 'unmatched': {
      const { reference, referenceKeys, keys } = test;
      const distinct = `SELECT DISTINCT ${aliased(referenceKeys, index, dialect)} ${fromScope({ table: reference }, dialect, complete(referenceKeys, dialect))}`;
      const present = complete(keys, dialect).join(' AND ');
      return { condition: `${present} AND ${alias(index, 0)} IS NULL`, join: joined(distinct, keys, index, dialect) };
    }
    case 'duplicated': {
      const { keys } = test;
      const ordinals = keys.map((_, position) => position + 1).join(', ');
      const scope = fromScope(from, dialect, complete(keys, dialect));
      const repeated = `SELECT ${aliased(keys, index, dialect)} ${scope} GROUP BY ${ordinals} HAVING count(*) > 1`;
      return { condition: `${alias(index, 0)} IS NOT NULL`, join: joined(repeated, keys, index, dialect) };
    }
  }
};

/** An expression as a condition, `TRUE` where it holds of every row. */
export const trueWhere = (expression: Expression, dialect: BaseDialect): string =>
  renderCondition(expression, dialect) ?? 'TRUE';

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

const joinKey = (key: ColumnExpression, dialect: BaseDialect): string =>
  dialect.joinKey(dialect.quoteIdentifier(key.name), key.type);

const aliased = (keys: readonly ColumnExpression[], index: number, dialect: BaseDialect): string =>
  selectList(
    keys.map((key) => joinKey(key, dialect)),
    keys.map((_, position) => alias(index, position)),
  );

const joined = (select: string, keys: readonly ColumnExpression[], index: number, dialect: BaseDialect): string => {
  const equal = keys.map((key, position) => `${alias(index, position)} = ${joinKey(key, dialect)}`);
  return `LEFT JOIN (${select}) AS aegis_t${index} ON ${equal.join(' AND ')}`;
};
