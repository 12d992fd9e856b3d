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
import { athenaDialect, athenaDialectAt } from '@aegis/sql';
import { type Answer, namedTable, type Session, SessionQueries, UntilReleased } from '@aegis/sql/transport';
import { AthenaDatabase } from './athena-database.js';
import { describeTable, listNamed } from './athena-describe.js';
import { estimateQuery } from './athena-estimate.js';
import type { ResolvedAthenaOptions } from './athena-options.js';
import { currentMoment } from './athena-snapshot.js';

const full = { support: 'full' } as const;

const capabilitiesOf = ({ timeTravel, maxStatements }: ResolvedAthenaOptions): WarehouseCapabilities => ({
  describe: full,
  statistics: { support: 'unsupported', reason: 'the counts that Glue holds are estimates' },
  estimate: full,
  snapshot: timeTravel ? full : { support: 'unsupported', reason: 'opened with timeTravel: false' },
  cancel: full,
  timeout: full,
  resultBytes: full,
  readOnly: {
    support: 'unsupported',
    reason:
      'Athena has no read-only mode: the adapter sends queries only, and a role without rights to write is the protection',
  },
  concurrency: maxStatements,
});

/** The questions that the warehouse and its snapshots answer alike. */
abstract class AthenaQueries extends SessionQueries {
  protected readonly database: AthenaDatabase;
  /** Iceberg tables, by the names that rules and descriptions use: they alone have a past. */
  protected readonly pasts: Set<string>;

  constructor(database: AthenaDatabase, session: Session, pasts: Set<string>) {
    super(session, capabilitiesOf(database.options));
    this.database = database;
    this.pasts = pasts;
  }

  async describe(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    const described = await describeTable(namedTable(table, 'Athena'), this.database, options);
    if (described?.hasPast) this.pasts.add(JSON.stringify(described.description.table));
    return described?.description;
  }

  listTables(options?: StatementOptions): Promise<readonly TableName[]> {
    return listNamed(this.database, options);
  }

  estimate(sql: string, options?: StatementOptions): Promise<StatementEstimate> {
    return estimateQuery(sql, this.database, options);
  }
}

/** One Athena work group as a warehouse. */
export class AthenaWarehouse extends AthenaQueries implements Warehouse {
  readonly dialect: Dialect = athenaDialect;
  readonly snapshot?: (options?: StatementOptions) => Promise<WarehouseSnapshot>;

  constructor(options: ResolvedAthenaOptions) {
    const database = new AthenaDatabase(options);
    super(database, database, new Set());
    if (options.timeTravel) this.snapshot = (statement) => this.#snapshot(statement);
  }

  connect(): Promise<void> {
    return this.database.connect();
  }

  /** Stops what is under way. Idempotent; the warehouse cannot be used afterwards. */
  close(): Promise<void> {
    return this.database.close();
  }

  async #snapshot(options?: StatementOptions): Promise<WarehouseSnapshot> {
    const moment = await currentMoment(this.database, options);
    return new AthenaSnapshot(this.database, moment, this.pasts);
  }
}

class AthenaSnapshot extends AthenaQueries implements WarehouseSnapshot {
  readonly dialect: Dialect;
  readonly consistency: string;
  readonly #past: UntilReleased<Answer>;

  constructor(database: AthenaDatabase, moment: string, pasts: Set<string>) {
    const past = new UntilReleased(database);
    super(database, past, pasts);
    this.#past = past;
    this.dialect = athenaDialectAt(moment, (table) => pasts.has(JSON.stringify(table)));
    this.consistency = `time travel to ${moment} of Iceberg tables; other tables, views and SQL of users per statement`;
  }

  async connect(): Promise<void> {}

  async release(): Promise<void> {
    this.#past.release();
  }
}
