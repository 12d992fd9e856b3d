import type { AggregateExpression, ColumnKind, Expression, ScopedRelation, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { condition } from '../condition.js';
import { renderExpression } from '../expressions.js';
import { fromScope, isCostlyToRepeat } from '../statements/relation.js';

/**
 * What zone maps can decide is asked in sub-queries of its own; everything else shares one scan. With a scope, its condition
 * would run once more for each of them, and so would the query of a view. See docs/decisions/0003.
 */
export const duckdbAggregate = (
  { from, measures }: Extract<Statement, { kind: 'aggregate' }>,
  dialect: BaseDialect,
): string => {
  const canRepeat = from.where === undefined && !isCostlyToRepeat(from);
  const items = measures.map(({ alias, expression }) => {
    const apart = canRepeat ? askedApart(expression, from, dialect) : undefined;
    return {
      sql: `${apart ? `(${apart})` : dialect.expression(expression)} AS ${alias}`,
      isApart: apart !== undefined,
    };
  });
  const list = items.map(({ sql }) => sql).join(', ');
  return items.every(({ isApart }) => isApart) ? `SELECT ${list}` : `SELECT ${list} ${fromScope(from, dialect)}`;
};

/** A statement of its own for what zone maps may answer without most of the scan. */
const askedApart = (
  expression: AggregateExpression,
  from: ScopedRelation,
  dialect: BaseDialect,
): string | undefined => {
  if (isBound(expression)) return `SELECT ${dialect.expression(expression)} ${fromScope(from, dialect)}`;
  if (expression.kind !== 'count_if') return undefined;
  const counted = condition(expression.condition, dialect);
  if (typeof counted === 'boolean' || !isDecidable(counted, from)) return undefined;
  return `SELECT count(*) ${fromScope(from, dialect, [renderExpression(counted, dialect)])}`;
};

/** The smallest or the largest value of a whole column. */
const isBound = (expression: AggregateExpression): boolean =>
  expression.kind === 'aggregate' &&
  (expression.function === 'min' || expression.function === 'max') &&
  expression.filter === undefined &&
  hasZones(expression.operand, ordered);

const isDecidable = (expression: Expression, from: ScopedRelation): boolean => {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.every((operand) => isDecidable(operand, from));
    case 'not':
      return isDecidable(expression.operand, from);
    case 'compare':
      return hasZones(expression.left, ordered) && expression.right.kind === 'literal';
    case 'in':
      return hasZones(expression.operand, from.table.kind === 'file' ? encoded : ordered);
    default:
      return false;
  }
};

const ordered: ReadonlySet<ColumnKind> = new Set(['integer', 'decimal', 'date', 'timestamp', 'timestamptz']);
/** Parquet keeps text in dictionaries, against which a list of values is decided once. */
const encoded: ReadonlySet<ColumnKind> = new Set([...ordered, 'text']);

const hasZones = (expression: Expression, kinds: ReadonlySet<ColumnKind>): boolean =>
  expression.kind === 'column' && kinds.has(expression.type.kind);
