import {
  type Cell,
  type Dialect,
  type ExecuteResult,
  type Row,
  type TableDescription,
  type TableName,
  type Warehouse,
  WarehouseError,
  type WarehouseSnapshot,
} from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

const full = { support: 'full' } as const;
const unknownType = { kind: 'other', native: 'unknown' } as const;
const none = { support: 'unsupported', reason: 'a small warehouse' } as const;

/** DuckDB in memory, open for writing, with a member for every path that SQL may take. */
export class WritableDuckDb implements Warehouse {
  readonly contract = 'warehouse/v1';
  readonly dialect: Dialect = duckdbDialect;
  readonly capabilities = {
    ...{ describe: full, statistics: none, estimate: none, snapshot: full, execute: full },
    ...{ cancel: none, timeout: none, readOnly: none, concurrency: 1 },
  };
  #connection: Promise<DuckDBConnection> | undefined;

  async connect(): Promise<void> {
    await this.#connected();
  }

  async executeScalar(sql: string): Promise<Cell> {
    const [row] = await this.executeSample(sql, 1);
    return row === undefined ? null : (Object.values(row)[0] ?? null);
  }

  async executeSample(sql: string, limit: number): Promise<readonly Row[]> {
    const { rows } = await this.#run(sql);
    return rows.slice(0, limit);
  }

  async execute(sql: string): Promise<ExecuteResult> {
    const { names, rows } = await this.#run(sql);
    return { rowsAffected: names[0] === 'Count' && rows[0] ? String(rows[0].Count) : null };
  }

  async describe(table: TableName): Promise<TableDescription | undefined> {
    const rows = await this.executeSample(`DESCRIBE ${this.dialect.tableName(table)}`, 1_000).catch(() => undefined);
    const columns = rows?.map(({ column_name: name }) => ({ name: String(name), type: unknownType }));
    return columns && { table, kind: 'table', columns };
  }

  /** Not a state of its own: the tests ask only which way its statements take. */
  async snapshot(): Promise<WarehouseSnapshot> {
    return {
      ...{ contract: this.contract, dialect: this.dialect, capabilities: this.capabilities, consistency: 'none' },
      ...{ connect: () => this.connect(), release: async () => {} },
      ...{ executeScalar: (sql) => this.executeScalar(sql), execute: (sql) => this.execute(sql) },
      ...{ executeSample: (sql, limit) => this.executeSample(sql, limit) },
    };
  }

  async #run(sql: string): Promise<{ readonly names: readonly string[]; readonly rows: readonly Row[] }> {
    try {
      const reader = await (await this.#connected()).runAndReadAll(sql);
      return { names: reader.columnNames(), rows: reader.getRowObjectsJson() as readonly Row[] };
    } catch (cause) {
      throw new WarehouseError('unknown', cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }

  #connected(): Promise<DuckDBConnection> {
    this.#connection ??= DuckDBInstance.create(':memory:').then((instance) => instance.connect());
    return this.#connection;
  }
}
