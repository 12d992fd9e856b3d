import type {
  Cell,
  Dialect,
  ExecuteResult,
  Row,
  StatementOptions,
  Warehouse,
  WarehouseCapabilities,
  WarehouseSnapshot,
} from '@aegis/spec';
import type { Recorder } from './recorder.js';
import type { OplogWarehouse } from './with-oplog.js';

/** Every path to the warehouse that carries SQL, through the recorder. Members that the warehouse lacks are not there. */
export class RecordedWarehouse implements OplogWarehouse {
  readonly contract = 'warehouse/v1';
  readonly dialect: Dialect;
  readonly capabilities: WarehouseCapabilities;
  readonly oplog: Recorder;
  readonly execute?: (sql: string, options?: StatementOptions) => Promise<ExecuteResult>;
  readonly estimate?: NonNullable<Warehouse['estimate']>;
  readonly describe?: NonNullable<Warehouse['describe']>;
  readonly listTables?: NonNullable<Warehouse['listTables']>;
  readonly statistics?: NonNullable<Warehouse['statistics']>;
  readonly snapshot?: (options?: StatementOptions) => Promise<WarehouseSnapshot>;
  readonly close?: () => Promise<void>;
  readonly #warehouse: Warehouse;

  constructor(warehouse: Warehouse, recorder: Recorder) {
    this.#warehouse = warehouse;
    this.dialect = warehouse.dialect;
    this.capabilities = warehouse.capabilities;
    this.oplog = recorder;
    if (warehouse.execute) this.execute = (sql, options) => this.#execute(sql, options);
    if (warehouse.estimate) this.estimate = warehouse.estimate.bind(warehouse);
    if (warehouse.describe) this.describe = warehouse.describe.bind(warehouse);
    if (warehouse.listTables) this.listTables = warehouse.listTables.bind(warehouse);
    if (warehouse.statistics) this.statistics = warehouse.statistics.bind(warehouse);
    if (warehouse.snapshot) this.snapshot = (options) => this.#snapshot(options);
    if (warehouse.close) this.close = warehouse.close.bind(warehouse);
  }

  connect(): Promise<void> {
    return this.#warehouse.connect();
  }

  executeScalar(sql: string, options?: StatementOptions): Promise<Cell> {
    return this.oplog.run(sql, options, () => this.#warehouse.executeScalar(sql, options));
  }

  executeSample(sql: string, limit: number, options?: StatementOptions): Promise<readonly Row[]> {
    return this.oplog.run(sql, options, () => this.#warehouse.executeSample(sql, limit, options));
  }

  #execute(sql: string, options?: StatementOptions): Promise<ExecuteResult> {
    const execute = async (): Promise<ExecuteResult> =>
      (await this.#warehouse.execute?.(sql, options)) ?? { rowsAffected: null };
    return this.oplog.run(sql, options, execute, ({ rowsAffected }) => rowsAffected);
  }

  async #snapshot(options?: StatementOptions): Promise<WarehouseSnapshot> {
    const snapshot = await this.#warehouse.snapshot?.(options);
    if (!snapshot) throw new TypeError('the warehouse gave no snapshot');
    return new RecordedSnapshot(snapshot, this.oplog);
  }
}

class RecordedSnapshot extends RecordedWarehouse implements WarehouseSnapshot {
  readonly consistency: string;
  readonly #snapshot: WarehouseSnapshot;

  constructor(snapshot: WarehouseSnapshot, recorder: Recorder) {
    super(snapshot, recorder);
    this.#snapshot = snapshot;
    this.consistency = snapshot.consistency;
  }

  release(): Promise<void> {
    return this.#snapshot.release();
  }
}
