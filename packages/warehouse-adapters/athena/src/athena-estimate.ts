import type { StatementEstimate, StatementOptions } from '@aegis/spec';
import type { AthenaDatabase } from './athena-database.js';

const bytesPerTebibyte = 1024 ** 4;
/** Each query is billed for so much at least. */
const leastBilledBytes = 10 * 1024 ** 2;

/**
 * Bytes that the planner expects to read, where the tables have statistics; nothing otherwise. They are those of the
 * values, before compression. The default of `usdPerTebibyte` is the list price of us-east-1, 5 USD, as of 2026-11-28.
 * @see https://aws.amazon.com/athena/pricing/ · https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement.html
 */
export const estimateQuery = async (
  sql: string,
  database: AthenaDatabase,
  options?: StatementOptions,
): Promise<StatementEstimate> => {
  const { rows } = await database.explain('TYPE IO, FORMAT JSON', sql, options);
  const bytes = bytesOf(rows.map(([line]) => String(line ?? '')).join('\n'));
  const { usdPerTebibyte } = database.options;
  if (bytes === undefined) return {};
  const billed = Math.max(bytes, leastBilledBytes);
  return { bytes, ...(usdPerTebibyte !== null && { costUsd: (billed / bytesPerTebibyte) * usdPerTebibyte }) };
};

interface IoPlan {
  readonly inputTableColumnInfos?: readonly { readonly estimate?: { readonly outputSizeInBytes?: unknown } }[];
}

/** The sum over all tables; `undefined` where the planner knows nothing of one, which it writes as `NaN`. */
export const bytesOf = (plan: string): number | undefined => {
  const { inputTableColumnInfos: tables } = parsed(plan);
  if (tables === undefined) return undefined;
  const bytes = tables.reduce((sum, { estimate }) => sum + Number(estimate?.outputSizeInBytes ?? Number.NaN), 0);
  return Number.isFinite(bytes) ? Math.ceil(bytes) : undefined;
};

const parsed = (plan: string): IoPlan => {
  try {
    return JSON.parse(plan) as IoPlan;
  } catch {
    return {};
  }
};
