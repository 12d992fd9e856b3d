import type { StatementOptions } from '@aegis/spec';
import type { Answer } from './trino-statement.js';

/** Where statements go. */
export interface TrinoSession {
  /** Reads at most `limit` rows. @throws WarehouseError */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer>;
}
