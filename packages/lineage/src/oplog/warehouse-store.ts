import {
  LineageError,
  type OperationQuery,
  type OperationRecord,
  type OperationStore,
  type Warehouse,
} from '@aegis/spec';
import { RecordedWarehouse } from './recorded-warehouse.js';

export interface WarehouseStoreOptions {
  /** Name parts of the table; made when the first operation is recorded. Default `aegis_operations`. */
  readonly table?: readonly string[] | undefined;
}

const columns = [
  ...['operation_id', 'run_id', 'recorded_at', 'position', 'kind', 'output', 'sql', 'user_name', 'rows_affected'],
  ...['started_at', 'finished_at', 'error', 'record'],
];

/** Rows beyond this are not read back at once. */
const mostRows = 1_000_000;

/**
 * Keeps operations in a table of a warehouse, as text columns; `record` holds the whole operation as JSON.
 * @throws LineageError `invalid` for a warehouse that cannot change tables, or that records its own changes
 */
export const warehouseOperationStore = (
  warehouse: Warehouse,
  { table = ['aegis_operations'] }: WarehouseStoreOptions = {},
): OperationStore => {
  if (!warehouse.execute) {
    throw new LineageError('invalid', 'operations cannot be kept in a warehouse that is open for reading only', {
      hint: 'Open it with access: read_write, or keep them in the audit database.',
    });
  }
  if (warehouse instanceof RecordedWarehouse) {
    throw new LineageError('invalid', 'the log of a warehouse cannot be written through that log', {
      hint: 'Give the warehouse that withOplog wraps.',
    });
  }
  return new WarehouseStore(warehouse, table);
};

class WarehouseStore implements OperationStore {
  readonly #warehouse: Warehouse;
  readonly #table: string;
  #making: Promise<void> | undefined;
  #position = 0;

  constructor(warehouse: Warehouse, table: readonly string[]) {
    this.#warehouse = warehouse;
    this.#table = warehouse.dialect.tableName({ kind: 'named', parts: table });
  }

  async recordOperation(operation: OperationRecord): Promise<void> {
    this.#position += 1;
    const position = String(this.#position).padStart(12, '0');
    await this.#made();
    const values = this.#cells(operation, position).map((cell) => this.#literal(cell));
    await this.#warehouse.execute?.(
      `INSERT INTO ${this.#table} (${this.#names(columns)}) VALUES (${values.join(', ')})`,
    );
  }

  async operations({ runId }: OperationQuery = {}): Promise<readonly OperationRecord[]> {
    await this.#made();
    const where = runId === undefined ? '' : ` WHERE ${this.#names(['run_id'])} = ${this.#literal(runId)}`;
    const order = this.#names(['recorded_at', 'position', 'operation_id']);
    const sql = `SELECT ${this.#names(['record'])} AS record FROM ${this.#table}${where} ORDER BY ${order}`;
    const rows = await this.#warehouse.executeSample(sql, mostRows);
    return rows.map(({ record }) => JSON.parse(String(record)) as OperationRecord);
  }

  #made(): Promise<void> {
    this.#making ??= this.#make().catch((error: unknown) => {
      this.#making = undefined;
      throw error;
    });
    return this.#making;
  }

  /** Two processes may make it at the same time: then one of them finds it made. */
  async #make(): Promise<void> {
    const type = /^(bigquery|databricks|spark)$/.test(this.#warehouse.dialect.parserName) ? 'STRING' : 'VARCHAR';
    const defined = columns.map((name) => `${this.#names([name])} ${type}`).join(', ');
    try {
      await this.#warehouse.execute?.(`CREATE TABLE IF NOT EXISTS ${this.#table} (${defined})`);
    } catch (error) {
      await this.#warehouse.executeSample(`SELECT * FROM ${this.#table}`, 0).catch(() => {
        throw error;
      });
    }
  }

  #cells(operation: OperationRecord, position: string): readonly (string | null)[] {
    const [change] = operation.changes;
    return [
      ...[operation.operationId, operation.runId, new Date().toISOString(), position, change?.kind ?? 'other'],
      ...[change?.output?.join('.') ?? null, operation.sql, operation.user, operation.rowsAffected],
      ...[operation.startedAt, operation.finishedAt, operation.error?.message ?? null, JSON.stringify(operation)],
    ];
  }

  #names(names: readonly string[]): string {
    return names.map((name) => this.#warehouse.dialect.quoteIdentifier(name)).join(', ');
  }

  /** Text cannot hold NUL in most engines. */
  #literal(value: string | null): string {
    if (value === null) return 'NULL';
    return this.#warehouse.dialect.expression({
      kind: 'literal',
      type: 'text',
      value: value.replaceAll('\0', '\uFFFD'),
    });
  }
}
