import type { StatementEstimate, StatementOptions } from '@aegis/spec';
import type { BigQueryDatabase } from './bigquery-database.js';

const bytesPerTebibyte = 1024 ** 4;

/**
 * Bytes of a dry run, and what they cost on demand. The default of `usdPerTebibyte` is the list price for the US
 * multi-region, 6.25 USD, as of 2026-11-28; the first tebibyte of a month is free, and no discount is known here.
 * @see https://cloud.google.com/bigquery/pricing
 */
export const estimateQuery = async (
  sql: string,
  database: BigQueryDatabase,
  options?: StatementOptions,
): Promise<StatementEstimate> => {
  const { bytes } = await database.examine(sql, options);
  const { usdPerTebibyte } = database.options;
  return { bytes, ...(usdPerTebibyte !== null && { costUsd: (bytes / bytesPerTebibyte) * usdPerTebibyte }) };
};
