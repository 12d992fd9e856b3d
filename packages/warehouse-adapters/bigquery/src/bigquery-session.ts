import type { StatementOptions } from '@aegis/spec';
import type { Answer } from './bigquery-job.js';

/** Where statements go. */
export interface BigQuerySession {
  /** Reads at most `limit` rows. @throws WarehouseError */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer>;
}
