import type {
  Dialect,
  ExecuteResult,
  StatementEstimate,
  StatementOptions,
  TableDescription,
  TableName,
  Warehouse,
  WarehouseCapabilities,
  WarehouseSnapshot,
} from '@aegis/spec';
import { postgresDialect } from '@aegis/sql';
import { LazySession, namedTable, SessionQueries } from '@aegis/sql/transport';
import { PostgresDatabase } from './postgres-database.js';
import { describeNamed, listNamed } from './postgres-describe.js';
import { estimateStatement } from './postgres-estimate.js';
import type { ResolvedPostgresOptions } from './postgres-options.js';
import { ReadTransaction } from './postgres-snapshot.js';

const full = { support: 'full' } as const;

const capabilitiesOf = ({ access, maxConnections }: ResolvedPostgresOptions): WarehouseCapabilities => ({
  describe: full,
  statistics: { support: 'unsupported', reason: 'PostgreSQL keeps estimates only' },
  estimate: full,
  execute: access === 'read_write' ? full : { support: 'unsupported', reason: 'opened with access: read_only' },
  snapshot: full,
  cancel: full,
  timeout: full,
  resultBytes: full,
  readOnly: access === 'read_only' ? full : { support: 'unsupported', reason: 'opened with access: read_write' },
  concurrency: maxConnections,
});

/** The questions that the warehouse and its snapshots answer alike. */
abstract class PostgresQueries extends SessionQueries {
  readonly dialect: Dialect = postgresDialect;

  async describe(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    return describeNamed(this.session, namedTable(table, 'PostgreSQL'), options);
  }

  /** Bytes of the relations that the plan reads; never money, since a planner's costs are none. */
  estimate(sql: string, options?: StatementOptions): Promise<StatementEstimate> {
    return estimateStatement(this.session, sql, options);
  }

  listTables(options?: StatementOptions): Promise<readonly TableName[]> {
    return listNamed(this.session, options);
  }
}

/** One PostgreSQL database as a warehouse. */
export class PostgresWarehouse extends PostgresQueries implements Warehouse {
  /** Present when opened with `access: read_write`. */
  readonly execute?: (sql: string, options?: StatementOptions) => Promise<ExecuteResult>;
  readonly #lazy: LazySession<PostgresDatabase>;
  readonly #snapshotConnections: number;

  constructor(options: ResolvedPostgresOptions) {
    const lazy = new LazySession(() => PostgresDatabase.open(options));
    super(lazy, capabilitiesOf(options));
    this.#lazy = lazy;
    this.#snapshotConnections = options.snapshotConnections;
    if (options.access === 'read_write') this.execute = (sql, asked) => this.#execute(sql, asked);
  }

  async connect(): Promise<void> {
    await this.#lazy.opened();
  }

  async snapshot(): Promise<WarehouseSnapshot> {
    const database = await this.#lazy.opened();
    const transaction = await ReadTransaction.begin(database, this.#snapshotConnections);
    return new PostgresSnapshot(transaction, { ...this.capabilities, concurrency: this.#snapshotConnections });
  }

  async #execute(sql: string, options?: StatementOptions): Promise<ExecuteResult> {
    const { changed } = await (await this.#lazy.opened()).run(sql, 0, options);
    return { rowsAffected: changed ?? null };
  }

  /** Ends what is under way. Idempotent; the warehouse cannot be used afterwards. */
  close(): Promise<void> {
    return this.#lazy.close();
  }
}

class PostgresSnapshot extends PostgresQueries implements WarehouseSnapshot {
  readonly consistency = 'read transaction';
  readonly #transaction: ReadTransaction;

  constructor(transaction: ReadTransaction, capabilities: WarehouseCapabilities) {
    super(transaction, capabilities);
    this.#transaction = transaction;
  }

  async connect(): Promise<void> {}

  release(): Promise<void> {
    return this.#transaction.release();
  }
}
