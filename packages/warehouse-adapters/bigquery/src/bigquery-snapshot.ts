import type { StatementOptions } from '@aegis/spec';
import type { BigQueryDatabase } from './bigquery-database.js';

/** The service's clock in microseconds: that of this machine may be ahead, and the future cannot be read. */
export const currentMoment = async (database: BigQueryDatabase, options?: StatementOptions): Promise<string> => {
  const { rows } = await database.run('SELECT current_timestamp()', 1, options);
  return String(rows[0]?.[0]);
};
