import type {
  Dialect,
  StatementEstimate,
  StatementOptions,
  TableDescription,
  TableName,
  TableStatistics,
  Warehouse,
  WarehouseCapabilities,
  WarehouseSnapshot,
} from '@aegis/spec';
import { bigqueryDialect, bigqueryDialectAt } from '@aegis/sql';
import { type Answer, namedTable, type Session, SessionQueries, UntilReleased } from '@aegis/sql/transport';
import { BigQueryDatabase } from './bigquery-database.js';
import { description, findTable, hasPast, listNamed } from './bigquery-describe.js';
import { estimateQuery } from './bigquery-estimate.js';
import type { ResolvedBigQueryOptions } from './bigquery-options.js';
import { currentMoment } from './bigquery-snapshot.js';
import { tableStatistics } from './bigquery-statistics.js';

const full = { support: 'full' } as const;

const capabilitiesOf = ({ timeTravel, maxStatements }: ResolvedBigQueryOptions): WarehouseCapabilities => ({
  describe: full,
  statistics: full,
  estimate: full,
  snapshot: timeTravel ? full : { support: 'unsupported', reason: 'opened with timeTravel: false' },
  cancel: full,
  timeout: full,
  resultBytes: full,
  readOnly: full,
  concurrency: maxStatements,
});

/** The questions that the warehouse and its snapshots answer alike. */
abstract class BigQueryQueries extends SessionQueries {
  protected readonly database: BigQueryDatabase;
  /** Tables that have a past, by the names that rules and descriptions use. Views, external tables and tables cut by the time of loading have none. */
  protected readonly pasts: Set<string>;

  constructor(database: BigQueryDatabase, session: Session, pasts: Set<string>) {
    super(session, capabilitiesOf(database.options));
    this.database = database;
    this.pasts = pasts;
  }

  async describe(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    const resource = await findTable(namedTable(table, 'BigQuery'), this.database, options);
    if (!resource) return undefined;
    const described = description(namedTable(table, 'BigQuery'), resource);
    if (hasPast(resource)) this.pasts.add(JSON.stringify(described.table));
    return described;
  }

  listTables(options?: StatementOptions): Promise<readonly TableName[]> {
    return listNamed(this.database, options);
  }

  async statistics(table: TableName, options?: StatementOptions): Promise<TableStatistics | undefined> {
    return tableStatistics(namedTable(table, 'BigQuery'), this.database, options);
  }

  estimate(sql: string, options?: StatementOptions): Promise<StatementEstimate> {
    return estimateQuery(sql, this.database, options);
  }
}

/** One BigQuery project as a warehouse. */
export class BigQueryWarehouse extends BigQueryQueries implements Warehouse {
  readonly dialect: Dialect = bigqueryDialect;
  readonly snapshot?: (options?: StatementOptions) => Promise<WarehouseSnapshot>;

  constructor(options: ResolvedBigQueryOptions) {
    const database = new BigQueryDatabase(options);
    super(database, database, new Set());
    if (options.timeTravel) this.snapshot = (statement) => this.#snapshot(statement);
  }

  connect(): Promise<void> {
    return this.database.connect();
  }

  /** Cancels what is under way. Idempotent; the warehouse cannot be used afterwards. */
  close(): Promise<void> {
    return this.database.close();
  }

  async #snapshot(options?: StatementOptions): Promise<WarehouseSnapshot> {
    const moment = await currentMoment(this.database, options);
    return new BigQuerySnapshot(this.database, moment, this.pasts);
  }
}

class BigQuerySnapshot extends BigQueryQueries implements WarehouseSnapshot {
  readonly dialect: Dialect;
  readonly consistency: string;
  readonly #past: UntilReleased<Answer>;

  constructor(database: BigQueryDatabase, moment: string, pasts: Set<string>) {
    const past = new UntilReleased(database);
    super(database, past, pasts);
    this.#past = past;
    this.dialect = bigqueryDialectAt(moment, (table) => pasts.has(JSON.stringify(table)));
    this.consistency = `time travel to ${moment}; views, external and ingestion-time tables and SQL of users per statement`;
  }

  async connect(): Promise<void> {}

  async release(): Promise<void> {
    this.#past.release();
  }
}
