import { parseTableName } from '@aegis/rules';
import type { Cell, Row, Statement, StatementOptions, TableName, Warehouse } from '@aegis/spec';
import type { SeededNames, WarehouseKit } from './warehouse-kit.js';

/** The seeded place and the warehouses that tests open over it. */
export class Stage {
  readonly #kit: WarehouseKit;
  readonly #opened: Warehouse[] = [];
  #names: SeededNames = {};
  #warehouse: Warehouse | undefined;

  constructor(kit: WarehouseKit) {
    this.#kit = kit;
  }

  async build(tables: Parameters<WarehouseKit['seed']>[0]): Promise<void> {
    this.#names = await this.#kit.seed(tables);
    this.#warehouse = await this.create();
    await this.#warehouse.connect();
  }

  async tearDown(): Promise<void> {
    for (const warehouse of this.#opened) await warehouse.close?.();
    await this.#kit.destroy?.();
  }

  /** A warehouse of the test's own, closed at the end. */
  async create(): Promise<Warehouse> {
    const warehouse = await this.#kit.create();
    this.#opened.push(warehouse);
    return warehouse;
  }

  /** The one that tests share. */
  get warehouse(): Warehouse {
    if (!this.#warehouse) throw new Error('the stage is built in beforeAll');
    return this.#warehouse;
  }

  /** What a seeded table is called in a rule; a table that was not seeded keeps its name. */
  nameOf(table: string): string {
    return this.#names[table] ?? table;
  }

  tableOf(table: string): TableName {
    const name = parseTableName(this.nameOf(table));
    if (name.kind === 'invalid') throw new Error(`seed answered "${this.nameOf(table)}", which names no table`);
    return name;
  }

  /** As written in SQL. */
  sqlOf(table: string): string {
    return this.warehouse.dialect.tableName(this.tableOf(table));
  }

  async rows(statement: Statement, limit: number, options?: StatementOptions): Promise<readonly Row[]> {
    return this.warehouse.executeSample(this.warehouse.dialect.statement(statement), limit, options);
  }

  /** A column of a seeded table, ordered by its column `n`. */
  async column(table: string, column: string): Promise<readonly Cell[]> {
    const quoted = this.warehouse.dialect.quoteIdentifier(column);
    const order = this.warehouse.dialect.quoteIdentifier('n');
    const sql = `SELECT ${quoted} AS cell FROM ${this.sqlOf(table)} ORDER BY ${order}`;
    return (await this.warehouse.executeSample(sql, 1_000)).map(({ cell }) => cell ?? null);
  }
}
