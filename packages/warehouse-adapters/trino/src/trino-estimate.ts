import type { StatementEstimate, StatementOptions } from '@aegis/spec';
import type { TrinoSession } from './trino-session.js';

interface Plan {
  readonly inputTableColumnInfos?: readonly { readonly estimate?: { readonly outputSizeInBytes?: number | string } }[];
}

/**
 * Bytes that the planner expects to read of all tables together; none where it knows no statistics of one of them.
 * @see https://trino.io/docs/current/sql/explain.html
 */
export const estimateStatement = async (
  sql: string,
  session: TrinoSession,
  options?: StatementOptions,
): Promise<StatementEstimate> => {
  const { rows } = await session.run(`EXPLAIN (TYPE IO, FORMAT JSON) ${sql}`, 1, options);
  const { inputTableColumnInfos: inputs = [] } = JSON.parse(String(rows[0]?.[0] ?? '{}')) as Plan;
  const bytes = inputs.reduce((sum, { estimate }) => sum + Number(estimate?.outputSizeInBytes ?? Number.NaN), 0);
  return Number.isFinite(bytes) ? { bytes } : {};
};
