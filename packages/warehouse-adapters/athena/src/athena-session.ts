import type { StatementOptions } from '@aegis/spec';
import type { Answer } from './athena-query.js';

/** Where statements go. */
export interface AthenaSession {
  /** Reads at most `limit` rows. @throws WarehouseError */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer>;
}
