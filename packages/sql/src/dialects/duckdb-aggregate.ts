import type { AggregateExpression, ColumnKind, Expression, ScopedRelation, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { condition } from '../condition.js';
import { renderExpression } from '../expressions.js';
import { fromScope, isTextFile } from '../statements/relation.js';

/**
 * Counts that zone maps can decide are sub-queries with a WHERE of their own; everything else shares one scan.
 * With a scope, its condition would run once more for each of them. See docs/decisions/0003.
 */
export const duckdbAggregate = (
  { from, measures }: Extract<Statement, { kind: 'aggregate' }>,
  dialect: BaseDialect,
): string => {
  const items = measures.map(({ alias, expression }) => {
    const apart = zoneCondition(expression, from, dialect);
    const sql = apart
      ? `(SELECT count(*) ${fromScope(from, dialect, [renderExpression(apart, dialect)])})`
      : dialect.expression(expression);
    return { sql: `${sql} AS ${alias}`, isApart: apart !== undefined };
  });
  const list = items.map(({ sql }) => sql).join(', ');
  return items.every(({ isApart }) => isApart) ? `SELECT ${list}` : `SELECT ${list} ${fromScope(from, dialect)}`;
};

/** What is counted, if zone maps may skip most of the scan for it. */
const zoneCondition = (
  expression: AggregateExpression,
  from: ScopedRelation,
  dialect: BaseDialect,
): Expression | undefined => {
  if (expression.kind !== 'count_if' || from.where || isTextFile(from)) return undefined;
  const counted = condition(expression.condition, dialect);
  return typeof counted !== 'boolean' && isDecidable(counted, from) ? counted : undefined;
};

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
