import { type Cell, type Dialect, type Row, type StatementOptions, type Warehouse, WarehouseError } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import {
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBStructValue,
  type DuckDBValue,
} from '@duckdb/node-api';

const full = { support: 'full' } as const;
const none = { support: 'unsupported', reason: 'only the three methods' } as const;

/** The smallest warehouse there can be: three methods over an in-memory DuckDB, and every statement remembered. */
export class BareDuckDb implements Warehouse {
  readonly contract = 'warehouse/v1';
  readonly dialect: Dialect;
  readonly capabilities = {
    ...{ describe: full, statistics: none, estimate: none, snapshot: none },
    ...{ cancel: none, timeout: none, readOnly: none, concurrency: 1 },
  };
  readonly statements: string[] = [];
  #connection: Promise<DuckDBConnection> | undefined;

  constructor(dialect: Dialect = duckdbDialect) {
    this.dialect = dialect;
  }

  connect = async (): Promise<void> => {
    this.#connection ??= DuckDBInstance.create(':memory:').then((instance) => instance.connect());
    await this.#connection;
  };

  /** Runs a statement of the test itself, which is not remembered. */
  async prepare(sql: string): Promise<void> {
    await this.connect();
    await (await this.#connection)?.run(sql);
  }

  async executeScalar(sql: string): Promise<Cell> {
    const [row] = await this.executeSample(sql, 1);
    return row === undefined ? null : (Object.values(row)[0] ?? null);
  }

  async executeSample(sql: string, limit: number, options?: StatementOptions): Promise<readonly Row[]> {
    if (options?.signal?.aborted) throw new WarehouseError('cancelled', 'the statement was cancelled');
    await this.connect();
    this.statements.push(sql);
    try {
      const reader = await (await this.#connection)?.runAndReadUntil(sql, limit);
      options?.onStatement?.({ durationMs: 0 });
      return (reader?.getRowObjects() ?? []).slice(0, limit).map(cells);
    } catch (cause) {
      throw new WarehouseError('unknown', cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }
}

const cells = (row: Record<string, DuckDBValue>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)]));

const cell = (value: DuckDBValue): Cell => {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value instanceof DuckDBListValue) return value.items.map(cell);
  if (value instanceof DuckDBStructValue) return cells({ ...value.entries });
  return value === null || typeof value === 'string' || typeof value === 'boolean' ? value : String(value);
};
