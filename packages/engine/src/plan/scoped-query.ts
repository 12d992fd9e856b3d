import { type Dialect, PlanError, type ScopedRelation } from '@aegis/spec';
import type { SqlGuard } from '../types.js';

/** The name that `{table}` has inside a guarded query. */
export const scopePlaceholder = 'aegis_scope';

/**
 * A guarded query with its scope in front, as the first common table expression.
 * @throws PlanError `unsupported` when `where` would have no effect.
 */
export const scopedQuery = (guard: SqlGuard, dialect: Dialect, text: string, scope: ScopedRelation): string => {
  const { sql, usesScope } = guard.query(text, dialect);
  if (!usesScope) {
    if (!scope.where) return sql;
    throw new PlanError('unsupported', '`where` has no effect on a query that does not read {table}', {
      hint: 'Read {table} in the query, or put the condition into the query itself.',
    });
  }
  const filter = scope.where ? ` WHERE (${scope.where.sql})` : '';
  const first = `${scopePlaceholder} AS (SELECT * FROM ${dialect.tableName(scope.table)}${filter})`;
  const [, keyword, rest] = /^WITH\s+(RECURSIVE\s+)?(.*)$/is.exec(sql) ?? [];
  return rest === undefined ? `WITH ${first} ${sql}` : `WITH ${keyword ?? ''}${first}, ${rest}`;
};
