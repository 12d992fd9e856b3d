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
import { trinoDialect } from '@aegis/sql';
import { namedTable, SessionQueries, UntilReleased } from '@aegis/sql/transport';
import { TrinoCatalogues } from './trino-catalogues.js';
import { TrinoDatabase } from './trino-database.js';
import { describeNamed, listNamed, placeOf, type Surroundings } from './trino-describe.js';
import { estimateStatement } from './trino-estimate.js';
import type { ResolvedTrinoOptions } from './trino-options.js';
import { LastVersions } from './trino-snapshot.js';
import type { Answer } from './trino-statement.js';

const full = { support: 'full' } as const;
const switchedOff = (option: string) => ({ support: 'unsupported', reason: `opened with ${option}: false` }) as const;

const capabilitiesOf = (options: ResolvedTrinoOptions): WarehouseCapabilities => ({
  describe: full,
  statistics: { support: 'unsupported', reason: 'SHOW STATS gives estimates' },
  estimate: full,
  snapshot: options.timeTravel ? full : switchedOff('timeTravel'),
  cancel: full,
  timeout: full,
  resultBytes: full,
  readOnly: options.readOnlyTransactions ? full : switchedOff('readOnlyTransactions'),
  concurrency: options.maxStatements,
});

/** The questions that the warehouse and its snapshots answer alike. */
abstract class TrinoQueries extends SessionQueries {
  protected readonly surroundings: Surroundings;
  protected readonly versions: LastVersions;

  constructor(surroundings: Surroundings, versions: LastVersions) {
    super(surroundings.session, capabilitiesOf(surroundings.options));
    this.surroundings = surroundings;
    this.versions = versions;
  }

  async describe(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    const name = namedTable(table, 'Trino');
    const place = placeOf(name, this.surroundings.options);
    if (!place) return undefined;
    const described = await describeNamed(name, place, this.surroundings, options);
    const mayHaveVersions = this.surroundings.options.timeTravel && described?.kind === 'table';
    if (mayHaveVersions) await this.versions.look(described, place, this.surroundings, options);
    return described;
  }

  listTables(options?: StatementOptions): Promise<readonly TableName[]> {
    return listNamed(this.surroundings, options);
  }

  /** Bytes that the planner expects to read; never money, which Trino does not know. */
  estimate(sql: string, options?: StatementOptions): Promise<StatementEstimate> {
    return estimateStatement(sql, this.surroundings.session, options);
  }
}

/** One Trino cluster as a warehouse. */
export class TrinoWarehouse extends TrinoQueries implements Warehouse {
  readonly dialect: Dialect = trinoDialect;
  readonly snapshot?: () => Promise<WarehouseSnapshot>;
  readonly #database: TrinoDatabase;

  constructor(options: ResolvedTrinoOptions) {
    const database = new TrinoDatabase(options);
    super({ session: database, catalogues: new TrinoCatalogues(database), options }, new LastVersions());
    this.#database = database;
    if (options.timeTravel) this.snapshot = async () => new TrinoSnapshot(this.surroundings, this.versions);
  }

  connect(): Promise<void> {
    return this.#database.connect();
  }

  /** Ends what is under way. Idempotent; the warehouse cannot be used afterwards. */
  close(): Promise<void> {
    return this.#database.close();
  }
}

class TrinoSnapshot extends TrinoQueries implements WarehouseSnapshot {
  readonly consistency = 'one version of each Iceberg table; other tables, views and SQL of users per statement';
  readonly dialect: Dialect;
  readonly #released: UntilReleased<Answer>;

  constructor(surroundings: Surroundings, versions: LastVersions) {
    const session = new UntilReleased(surroundings.session);
    super({ ...surroundings, session }, versions);
    this.#released = session;
    this.dialect = versions.dialect();
  }

  async connect(): Promise<void> {}

  async release(): Promise<void> {
    this.#released.release();
  }
}
