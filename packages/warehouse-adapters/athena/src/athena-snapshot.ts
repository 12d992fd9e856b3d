import type { StatementOptions } from '@aegis/spec';
import type { AthenaDatabase } from './athena-database.js';

/** The service's clock: that of this machine may be behind, and would show an older state. */
export const currentMoment = async (database: AthenaDatabase, options?: StatementOptions): Promise<string> => {
  const { rows } = await database.run('SELECT current_timestamp', 1, options);
  return String(rows[0]?.[0]);
};
