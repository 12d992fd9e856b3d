import type {
  Dialect,
  StatementEstimate,
  StatementOptions,
  TableDescription,
  TableName,
  Warehouse,
  WarehouseCapabilities,
  WarehouseSnapshot,
} from '@aegis/spec';
import { databricksDialect } from '@aegis/sql';
import { LazySession, namedTable, type Session, SessionQueries } from '@aegis/sql/transport';
import { DatabricksClient } from './databricks-client.js';
import { describeNamed, listNamed } from './databricks-describe.js';
import { estimateStatement } from './databricks-estimate.js';
import type { ResolvedDatabricksOptions } from './databricks-options.js';
import { PinnedSession } from './databricks-snapshot.js';

const full = { support: 'full' } as const;

const capabilitiesOf = ({ maxConnections }: ResolvedDatabricksOptions): WarehouseCapabilities => ({
  describe: full,
  statistics: {
    support: 'unsupported',
    reason: 'Databricks keeps statistics that ANALYZE TABLE last computed, not exact ones',
  },
  estimate: full,
  snapshot: full,
  cancel: full,
  timeout: full,
  resultBytes: full,
  readOnly: { support: 'unsupported', reason: 'Databricks has no read-only session; grant the principal SELECT alone' },
  concurrency: maxConnections,
});

/** The questions that the warehouse and its snapshots answer alike. */
abstract class DatabricksQueries extends SessionQueries {
  readonly dialect: Dialect;

  constructor(session: Session, dialect: Dialect, capabilities: WarehouseCapabilities) {
    super(session, capabilities);
    this.dialect = dialect;
  }

  async describe(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    return describeNamed(this.session, namedTable(table, 'Databricks'), options);
  }

  /** Bytes of the tables that the plan reads; never money, since a warehouse is paid by its time. */
  estimate(sql: string, options?: StatementOptions): Promise<StatementEstimate> {
    return estimateStatement(this.session, sql, options);
  }

  listTables(options?: StatementOptions): Promise<readonly TableName[]> {
    return listNamed(this.session, options);
  }
}

/** One SQL warehouse or cluster of Databricks. */
export class DatabricksWarehouse extends DatabricksQueries implements Warehouse {
  readonly #lazy: LazySession<DatabricksClient>;

  constructor(options: ResolvedDatabricksOptions) {
    const lazy = new LazySession(() => DatabricksClient.open(options));
    super(lazy, databricksDialect, capabilitiesOf(options));
    this.#lazy = lazy;
  }

  async connect(): Promise<void> {
    await this.#lazy.opened();
  }

  async snapshot(): Promise<WarehouseSnapshot> {
    await this.#lazy.opened();
    return new DatabricksSnapshot(new PinnedSession(this.#lazy), this.capabilities);
  }

  /** Ends what is under way. Idempotent; the warehouse cannot be used afterwards. */
  close(): Promise<void> {
    return this.#lazy.close();
  }
}

class DatabricksSnapshot extends DatabricksQueries implements WarehouseSnapshot {
  readonly consistency = 'one version of each Delta table; other tables, and custom SQL, per statement';
  readonly #pinned: PinnedSession;

  constructor(pinned: PinnedSession, capabilities: WarehouseCapabilities) {
    super(pinned, pinned.dialect, capabilities);
    this.#pinned = pinned;
  }

  async connect(): Promise<void> {}

  async release(): Promise<void> {
    this.#pinned.release();
  }
}
