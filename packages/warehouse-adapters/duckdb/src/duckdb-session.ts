import type { StatementOptions } from '@aegis/spec';
import type { Answer } from './duckdb-rows.js';

/** Where statements go: any free connection of the warehouse, or the one connection of a snapshot. */
export interface DuckDbSession {
  /** Reads at most `limit` rows. @throws WarehouseError */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer>;
}
