import type { Dialect } from '../dialect.js';
import { WarehouseError } from '../errors.js';
import type { Cell, Row } from '../json.js';
import type { TableDescription, TableName } from '../table.js';
import type { StatementOptions, Warehouse, WarehouseCapabilities } from '../warehouse.js';

export interface FakeWarehouseOptions {
  readonly dialect: Dialect;
  readonly tables?: readonly TableDescription[];
  /** Answers a statement; throw to make it fail. */
  readonly answer: (sql: string) => readonly Row[] | Promise<readonly Row[]>;
  readonly capabilities?: Partial<WarehouseCapabilities>;
}

const full = { support: 'full' } as const;
const none = { support: 'unsupported', reason: 'a fake' } as const;

const sameTable = (left: TableName, right: TableName): boolean => JSON.stringify(left) === JSON.stringify(right);

/** A warehouse in memory that remembers every statement it was sent. */
export class FakeWarehouse implements Warehouse {
  readonly contract = 'warehouse/v1';
  readonly dialect: Dialect;
  readonly capabilities: WarehouseCapabilities;
  /** The statements in the order in which they arrived. */
  readonly statements: string[] = [];
  /** How often `describe` was called. */
  describes = 0;
  readonly #options: FakeWarehouseOptions;

  constructor(options: FakeWarehouseOptions) {
    this.#options = options;
    this.dialect = options.dialect;
    this.capabilities = {
      describe: full,
      statistics: none,
      estimate: none,
      snapshot: none,
      cancel: none,
      timeout: none,
      readOnly: none,
      concurrency: 4,
      ...options.capabilities,
    };
  }

  async connect(): Promise<void> {}

  async executeScalar(sql: string, options?: StatementOptions): Promise<Cell> {
    const [row] = await this.executeSample(sql, 1, options);
    return row === undefined ? null : (Object.values(row)[0] ?? null);
  }

  async executeSample(sql: string, limit: number, options?: StatementOptions): Promise<readonly Row[]> {
    if (options?.signal?.aborted) throw new WarehouseError('cancelled', 'the statement was cancelled');
    this.statements.push(sql);
    const rows = await this.#options.answer(sql);
    options?.onStatement?.({ durationMs: 0 });
    return rows.slice(0, limit);
  }

  async describe(table: TableName): Promise<TableDescription | undefined> {
    this.describes += 1;
    return this.#options.tables?.find((known) => sameTable(known.table, table));
  }

  async listTables(): Promise<readonly TableName[]> {
    return this.#options.tables?.map(({ table }) => table) ?? [];
  }
}
