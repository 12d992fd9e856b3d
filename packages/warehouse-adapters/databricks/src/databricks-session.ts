import type { Cell, StatementOptions } from '@aegis/spec';

/** Rows as the warehouse answers them. */
export interface Answer {
  /** Unique. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Where statements go: the warehouse, or one pinned state of its tables. */
export interface DatabricksSession {
  /** Reads at most `limit` rows. @throws WarehouseError */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer>;
}
