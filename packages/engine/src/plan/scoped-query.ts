import { type Dialect, PlanError, type ScopedRelation } from '@aegis/spec';
import type { SqlGuard } from '../types.js';

/** The name that `{table}` has inside a guarded query. */
export const scopePlaceholder = 'aegis_scope';

/**
 * A guarded query with its scope around it. The scope stands outside, where no name that the query defines can reach it.
 * @throws PlanError `unsupported` when `where` would have no effect.
 */
export const scopedQuery = (guard: SqlGuard, dialect: Dialect, text: string, scope: ScopedRelation): string => {
  const { sql, usesScope } = guard.query(text, dialect);
  if (usesScope) {
    const filter = scope.where ? ` WHERE (${scope.where.sql})` : '';
    const rows = `SELECT * FROM ${dialect.tableName(scope.table)}${filter}`;
    return `WITH ${scopePlaceholder} AS (${rows}) SELECT * FROM (${sql}) AS aegis_query`;
  }
  if (!scope.where) return sql;
  throw new PlanError('unsupported', '`where` has no effect on a query that does not read {table}', {
    hint: 'Read {table} in the query, or put the condition into the query itself.',
  });
};
