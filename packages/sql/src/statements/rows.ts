import type { ColumnExpression, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { renderCondition } from '../expressions.js';
import { complete, fromScope } from './relation.js';

export const rows = (
  { from, columns, condition, limit }: Extract<Statement, { kind: 'rows' }>,
  dialect: BaseDialect,
): string => {
  const failing = condition && renderCondition(condition, dialect);
  return `SELECT ${columns ? shown(columns, dialect) : '*'} ${fromScope(from, dialect, [failing && `(${failing})`])} LIMIT ${limit}`;
};

/**
 * Every n-th row in the order of the columns, so that equal data gives equal samples in every engine, whatever order
 * it keeps rows in. `mod(i · limit, rows) < limit` picks exactly `limit` evenly spaced positions.
 */
export const rowSample = (
  { from, columns, rowCount, limit }: Extract<Statement, { kind: 'row_sample' }>,
  dialect: BaseDialect,
): string => {
  const list = names(columns, dialect);
  const order = dialect.keys(columns).join(', ');
  const scope = fromScope(from, dialect, complete(columns, dialect));
  if (BigInt(rowCount) <= BigInt(limit)) return `SELECT ${list} ${scope} ORDER BY ${order} LIMIT ${limit}`;
  const numbered = `SELECT ${list}, row_number() OVER (ORDER BY ${order}) AS aegis_position, count(*) OVER () AS aegis_rows ${scope}`;
  return (
    `SELECT ${list} FROM (${numbered}) AS numbered ` +
    `WHERE mod(aegis_position * ${limit}, aegis_rows) < ${limit} ORDER BY aegis_position LIMIT ${limit}`
  );
};

const shown = (columns: readonly ColumnExpression[], dialect: BaseDialect): string =>
  columns.map((column) => dialect.shown(column)).join(', ');

const names = (columns: readonly ColumnExpression[], dialect: BaseDialect): string =>
  columns.map(({ name }) => dialect.quoteIdentifier(name)).join(', ');
