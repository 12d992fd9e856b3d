import {
  type Dialect,
  type ExecuteResult,
  type StatementOptions,
  type TableDescription,
  type TableName,
  type TableStatistics,
  type Warehouse,
  type WarehouseCapabilities,
  WarehouseError,
  type WarehouseSnapshot,
} from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { LazySession, type Session, SessionQueries } from '@aegis/sql/transport';
import { Catalogue } from './duckdb-catalogue.js';
import { concurrency, DuckDbDatabase } from './duckdb-database.js';
import { listNamed } from './duckdb-describe.js';
import { fileStatistics } from './duckdb-file-statistics.js';
import { describeFile } from './duckdb-files.js';
import type { ResolvedDuckDbOptions } from './duckdb-options.js';
import { ReadTransaction } from './duckdb-snapshot.js';
import { tableStatistics } from './duckdb-table-statistics.js';

const full = { support: 'full' } as const;

/** Without a database there are only data files, which have no transactions. */
const hasTransactions = ({ path, access }: ResolvedDuckDbOptions): boolean =>
  path !== undefined || access === 'read_write';

export const capabilitiesOf = (options: ResolvedDuckDbOptions): WarehouseCapabilities => ({
  describe: full,
  statistics: full,
  estimate: { support: 'not-implemented', reason: 'DuckDB bills nothing, and its plans do not tell bytes' },
  execute: options.access === 'read_write' ? full : { support: 'unsupported', reason: 'opened with access: read_only' },
  snapshot: hasTransactions(options) ? full : { support: 'unsupported', reason: 'data files have no transactions' },
  cancel: full,
  timeout: full,
  resultBytes: full,
  readOnly:
    options.access === 'read_only' ? full : { support: 'unsupported', reason: 'opened with access: read_write' },
  concurrency,
});

/** The questions that the warehouse and its snapshots answer alike. */
abstract class DuckDbQueries extends SessionQueries {
  readonly dialect: Dialect = duckdbDialect;
  readonly #catalogue: Catalogue;

  constructor(session: Session, capabilities: WarehouseCapabilities, isImmutable = false) {
    super(session, capabilities);
    this.#catalogue = new Catalogue(session, isImmutable);
  }

  describe(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    return table.kind === 'file'
      ? describeFile(this.session, table, options)
      : this.#catalogue.describe(table, options);
  }

  listTables(options?: StatementOptions): Promise<readonly TableName[]> {
    return listNamed(this.session, options);
  }

  statistics(table: TableName, options?: StatementOptions): Promise<TableStatistics | undefined> {
    const asked =
      table.kind === 'file'
        ? fileStatistics(this.session, table, options)
        : this.#catalogue
            .describe(table, options)
            .then((description) => tableStatistics(this.session, description, options));
    return asked.catch(nothingIfUntold);
  }
}

/** Statistics are a shortcut: what the engine cannot tell from a footer or a catalogue, a scan finds out. */
const nothingIfUntold = (error: unknown): undefined => {
  const isUntold = error instanceof WarehouseError && ['syntax', 'unsupported', 'unknown'].includes(error.reason);
  if (!isUntold) throw error;
};

/** DuckDB as a warehouse: one database file, or none, and the data files in scope. */
export class DuckDbWarehouse extends DuckDbQueries implements Warehouse {
  /** Present when there is a database. Data files in scope are still read as they are at each statement. */
  readonly snapshot?: () => Promise<WarehouseSnapshot>;
  /** Present when opened with `access: read_write`. */
  readonly execute?: (sql: string, options?: StatementOptions) => Promise<ExecuteResult>;
  readonly #lazy: LazySession<DuckDbDatabase>;

  constructor(options: ResolvedDuckDbOptions) {
    const lazy = new LazySession(() => DuckDbDatabase.open(options));
    super(lazy, capabilitiesOf(options), isImmutable(options));
    this.#lazy = lazy;
    if (options.access === 'read_write') this.execute = (sql, asked) => this.#execute(sql, asked);
    if (hasTransactions(options)) this.snapshot = () => this.#snapshot(consistencyOf(options));
  }

  async connect(): Promise<void> {
    await this.#lazy.opened();
  }

  /** Ends what is under way. Idempotent; the warehouse cannot be used afterwards. */
  close(): Promise<void> {
    return this.#lazy.close();
  }

  async #execute(sql: string, options?: StatementOptions): Promise<ExecuteResult> {
    const { changed } = await (await this.#lazy.opened()).run(sql, 0, options);
    return { rowsAffected: changed ?? null };
  }

  async #snapshot(consistency: string): Promise<WarehouseSnapshot> {
    const transaction = await ReadTransaction.begin(await this.#lazy.opened());
    return new DuckDbSnapshot(transaction, consistency, this.capabilities);
  }
}

class DuckDbSnapshot extends DuckDbQueries implements WarehouseSnapshot {
  readonly consistency: string;
  readonly #transaction: ReadTransaction;

  constructor(transaction: ReadTransaction, consistency: string, capabilities: WarehouseCapabilities) {
    super(transaction, { ...capabilities, concurrency: 1 });
    this.#transaction = transaction;
    this.consistency = consistency;
  }

  async connect(): Promise<void> {}

  release(): Promise<void> {
    return this.#transaction.release();
  }
}

/** No process can write to a file that is open read-only. */
const isImmutable = ({ path, access }: ResolvedDuckDbOptions): boolean => path !== undefined && access === 'read_only';

/** What holds the statements of a snapshot on one state, in words for a report. */
const consistencyOf = ({ access, files }: ResolvedDuckDbOptions): string => {
  const transaction =
    access === 'read_only' ? 'read transaction' : 'read transaction, a new one after an error or a cut answer';
  return files.length === 0 ? transaction : `${transaction}; data files per statement`;
};
