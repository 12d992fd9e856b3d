import type {
  Cell,
  Dialect,
  Row,
  StatementOptions,
  TableDescription,
  TableName,
  TableStatistics,
  Warehouse,
  WarehouseCapabilities,
  WarehouseSnapshot,
} from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { OpenSlots } from '@aegis/sql/transport';
import type { ResolvedDuckDbOptions } from '../duckdb-options.js';
import { capabilitiesOf } from '../duckdb-warehouse.js';
import { Engine } from './engine.js';
import type { Method, SentSnapshot } from './messages.js';

/** The engine that runs now; where one was ended, the next statement starts another. */
class Engines {
  readonly #options: ResolvedDuckDbOptions;
  readonly #slots = new OpenSlots(1);
  #current: Engine | undefined;

  constructor(options: ResolvedDuckDbOptions) {
    this.#options = options;
  }

  ask(snapshot: number | null, method: Method, given: readonly unknown[], options: StatementOptions = {}) {
    const { signal: asked, onStatement: _, ...sent } = options;
    return this.#slots.use(asked, async (signal) => {
      const engine = await this.#running();
      return engine.call({ snapshot, method, given, options: sent }, { ...options, signal });
    });
  }

  async close(): Promise<void> {
    await this.#slots.close();
    await this.#current?.end();
  }

  async #running(): Promise<Engine> {
    if (this.#current && !this.#current.isEnded) return this.#current;
    await this.#current?.end();
    this.#current = await Engine.start(this.#options);
    return this.#current;
  }
}

/** What the warehouse and its snapshots are asked, handed on. */
abstract class Remote {
  readonly contract = 'warehouse/v1';
  readonly dialect: Dialect = duckdbDialect;
  readonly capabilities: WarehouseCapabilities;
  protected readonly engines: Engines;
  readonly #snapshot: number | null;

  constructor(engines: Engines, snapshot: number | null, capabilities: WarehouseCapabilities) {
    this.engines = engines;
    this.#snapshot = snapshot;
    this.capabilities = capabilities;
  }

  async connect(): Promise<void> {
    await this.ask('connect', []);
  }

  executeScalar(sql: string, options?: StatementOptions): Promise<Cell> {
    return this.ask('executeScalar', [sql], options);
  }

  executeSample(sql: string, limit: number, options?: StatementOptions): Promise<readonly Row[]> {
    return this.ask('executeSample', [sql, limit], options);
  }

  describe(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    return this.ask('describe', [table], options);
  }

  listTables(options?: StatementOptions): Promise<readonly TableName[]> {
    return this.ask('listTables', [], options);
  }

  statistics(table: TableName, options?: StatementOptions): Promise<TableStatistics | undefined> {
    return this.ask('statistics', [table], options);
  }

  /** What the other process answers is what the same method answers here. */
  protected ask<Answer>(method: Method, given: readonly unknown[], options?: StatementOptions): Promise<Answer> {
    return this.engines.ask(this.#snapshot, method, given, options) as Promise<Answer>;
  }
}

/**
 * DuckDB as a warehouse, in a process of its own: there the engine lets go of no function before it has its answer, and buffers
 * are all that its memory limit bounds, so what goes past its time or memory is killed. Statements queue.
 */
export class IsolatedWarehouse extends Remote implements Warehouse {
  readonly snapshot?: () => Promise<WarehouseSnapshot>;

  constructor(options: ResolvedDuckDbOptions) {
    const capabilities = { ...capabilitiesOf(options), concurrency: 1 };
    super(new Engines(options), null, capabilities);
    if (capabilities.snapshot.support === 'full') this.snapshot = () => this.#begin();
  }

  /** Ends what is under way, and the process. Idempotent. */
  close(): Promise<void> {
    return this.engines.close();
  }

  async #begin(): Promise<WarehouseSnapshot> {
    const sent = await this.ask<SentSnapshot>('snapshot', []);
    return new IsolatedSnapshot(this.engines, sent, this.capabilities);
  }
}

class IsolatedSnapshot extends Remote implements WarehouseSnapshot {
  readonly consistency: string;
  #isReleased = false;

  constructor(engines: Engines, { snapshot, consistency }: SentSnapshot, capabilities: WarehouseCapabilities) {
    super(engines, snapshot, capabilities);
    this.consistency = consistency;
  }

  override async connect(): Promise<void> {}

  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    await this.ask('release', []);
  }
}
