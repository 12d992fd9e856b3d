import type { Dialect } from './dialect.js';
import type { Cell, Row } from './json.js';
import type { TableDescription, TableName, TableStatistics } from './table.js';

/** Figures about one statement that an engine finished. */
export interface StatementReport {
  /** What was run, without a label: of a statement that an adapter wrote itself, nobody else knows it. */
  readonly sql?: string | undefined;
  /** The engine's own id for the statement, where it has one. */
  readonly statementId?: string | undefined;
  readonly bytesScanned?: number | undefined;
  readonly cached?: boolean | undefined;
  readonly durationMs: number;
}

export interface StatementOptions {
  /** Ends the statement in the engine, not only the wait for it. Rejects with reason `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the statement in the engine after this many milliseconds. Rejects with reason `timeout`. */
  readonly timeoutMs?: number | undefined;
  /** Who asks, e.g. `aegis run=01J… table=orders`: put in a SQL comment or job label for the engine's own logs. */
  readonly label?: string | undefined;
  readonly onStatement?: ((report: StatementReport) => void) | undefined;
  /** True for what a run can do without, such as samples: where bytes are limited, it takes only what planned statements leave. */
  readonly isOptional?: boolean | undefined;
  /**
   * About how many bytes of cells are worth reading: the row that passes them is the last one. Default: no limit. Where the
   * capability `resultBytes` is not there, rows are read up to their limit all the same.
   */
  readonly maxResultBytes?: number | undefined;
}

/** A boolean cannot say why: `not-implemented` may come, `unsupported` cannot. */
export type Support =
  | { readonly support: 'full' }
  | { readonly support: 'not-implemented' | 'unsupported'; readonly reason: string };

export interface WarehouseCapabilities {
  readonly describe: Support;
  readonly statistics: Support;
  readonly estimate: Support;
  readonly snapshot: Support;
  /** Whether an aborted signal ends the statement in the engine. */
  readonly cancel: Support;
  readonly timeout: Support;
  /** Whether the engine itself refuses writes on this connection. */
  readonly readOnly: Support;
  /** Whether statements may change tables: where the warehouse was opened with `access: read_write`. Absent means no. */
  readonly execute?: Support | undefined;
  /** Whether reading ends at `maxResultBytes`. Absent means no. */
  readonly resultBytes?: Support | undefined;
  /** Most statements worth having under way at once. 1 means that calls queue. */
  readonly concurrency: number;
}

/** What a statement that may change tables has done. */
export interface ExecuteResult {
  /** Rows that it inserted, updated or deleted, as a decimal string; `null` where the engine does not count them. */
  readonly rowsAffected: string | null;
}

export interface StatementEstimate {
  readonly bytes?: number | undefined;
  readonly costUsd?: number | undefined;
}

/**
 * A warehouse: one class with three methods and a dialect; everything else is an optional capability that the engine
 * looks for and does without. Constructor and import open nothing and read no environment. Calls may be concurrent.
 * Failures are {@link WarehouseError} with the most specific reason.
 *
 * Frozen as `warehouse/v1`: a later minor version may add optional members, which callers do without; nothing else changes.
 */
export interface Warehouse {
  readonly contract: 'warehouse/v1';
  readonly dialect: Dialect;
  readonly capabilities: WarehouseCapabilities;

  /** Opens the connection. Idempotent; the other methods call it when needed. */
  connect(): Promise<void>;
  /** First column of the first row; `null` when there is no row. */
  executeScalar(sql: string, options?: StatementOptions): Promise<Cell>;
  /** Up to `limit` rows. The SQL carries its own LIMIT where it needs one; reading stops at `limit` all the same. */
  executeSample(sql: string, limit: number, options?: StatementOptions): Promise<readonly Row[]>;

  /** `undefined` when the table does not exist. Names match exactly, else by a unique case-insensitive match. */
  describe?(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined>;
  /** Tables worth suggesting when a name is not found. At most 1,000. */
  listTables?(options?: StatementOptions): Promise<readonly TableName[]>;
  /** Exact figures that need no scan; `undefined` when there are none for this table. */
  statistics?(table: TableName, options?: StatementOptions): Promise<TableStatistics | undefined>;
  estimate?(sql: string, options?: StatementOptions): Promise<StatementEstimate>;
  /**
   * Runs one statement to its end and keeps what it changed. Present only where the warehouse was opened with
   * `access: read_write`, which a run never does.
   */
  execute?(sql: string, options?: StatementOptions): Promise<ExecuteResult>;
  /** A warehouse over one consistent state. */
  snapshot?(options?: StatementOptions): Promise<WarehouseSnapshot>;
  close?(): Promise<void>;
}

export interface WarehouseSnapshot extends Warehouse {
  /** What holds all statements on one state, e.g. `read transaction`. */
  readonly consistency: string;
  /** Gives the state and its connection back. Idempotent. */
  release(): Promise<void>;
}

/** What every warehouse package exports as `adapter`. */
export interface WarehouseAdapter {
  readonly contract: 'warehouse/v1';
  /** The `type` in aegis.yaml, e.g. `duckdb`. */
  readonly type: string;
  /** Understood by `options`; a Standard Schema (zod) validator. */
  readonly optionsSchema: unknown;
  /** @throws ConfigError `invalid` for options that do not fit. Opens nothing. */
  create(options: unknown, context: AdapterContext): Warehouse;
}

export interface AdapterContext {
  /** Folder that relative paths in the options start from. */
  readonly baseDirectory: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** Data files that rules name, as absolute paths: what the adapter may read besides its database. */
  readonly files: readonly string[];
  /**
   * True where a model or a stranger writes statements, which the guard judges by what they name and not by what they cost: an
   * engine inside this process had better run in one that can be ended.
   */
  readonly isUntrusted?: boolean | undefined;
}
