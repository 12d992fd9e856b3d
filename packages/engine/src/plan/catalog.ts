import { displayTableName } from '@aegis/rules';
import {
  PlanError,
  type StatementOptions,
  type TableDescription,
  type TableName,
  type TableStatistics,
  type Warehouse,
} from '@aegis/spec';
import { nearestName } from './names.js';

/** What is known about the tables of one warehouse, asked once a run and shared by its tasks. */
export class Catalog {
  readonly #descriptions = new Map<string, Promise<TableDescription | undefined>>();
  readonly #warehouse: Warehouse;
  #tables: Promise<readonly TableName[]> | undefined;
  /** How many descriptions were asked of the warehouse. */
  asked = 0;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** @throws PlanError `missing-table` with the nearest name. */
  async describe(table: TableName, options?: StatementOptions): Promise<TableDescription> {
    const key = JSON.stringify(table);
    const known = this.#descriptions.get(key) ?? this.#ask(table, options);
    this.#descriptions.set(key, known);
    const description = await known;
    if (description) return description;
    throw await this.#missing(table, options);
  }

  async statistics(table: TableName, options?: StatementOptions): Promise<TableStatistics | undefined> {
    return this.#warehouse.statistics?.(table, options);
  }

  #ask(table: TableName, options?: StatementOptions): Promise<TableDescription | undefined> {
    this.asked += 1;
    return this.#warehouse.describe
      ? this.#warehouse.describe(table, options)
      : describeBySql(this.#warehouse, table, options);
  }

  async #missing(table: TableName, options?: StatementOptions): Promise<PlanError> {
    const name = displayTableName(table);
    if (table.kind === 'file') {
      return new PlanError('missing-table', `file ${name} does not exist`, {
        hint: name.includes('://') ? 'Only files on disk can be named.' : 'Paths are relative to the rules file.',
      });
    }
    this.#tables ??= this.#warehouse.listTables?.(options).catch(() => []) ?? Promise.resolve([]);
    const names = (await this.#tables).map(displayTableName);
    const near = nearestName(name, names) ?? nearestByLastPart(table.parts.at(-1) ?? name, names);
    return new PlanError('missing-table', `table "${name}" does not exist`, {
      hint: near === undefined ? listed(names) : `Did you mean "${near}"?`,
    });
  }
}

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'The warehouse has no tables that this connection can see.'
    : `Tables: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`;

const nearestByLastPart = (last: string, names: readonly string[]): string | undefined => {
  const lasts = names.map((name) => name.split('.').at(-1) ?? name);
  const near = nearestName(last, lasts);
  return near === undefined ? undefined : names[lasts.indexOf(near)];
};

/** For warehouses without the capability: the dialect's own query of the catalogue. */
const describeBySql = async (
  warehouse: Warehouse,
  table: TableName,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  const rows = await warehouse.executeSample(warehouse.dialect.describeSql(table), 10_000, options);
  if (rows.length === 0) return undefined;
  const columns = rows.map(({ column_name, data_type, is_nullable }) => ({
    name: String(column_name),
    type: warehouse.dialect.columnType(String(data_type)),
    nullable: is_nullable !== 'NO',
  }));
  return { table, kind: table.kind === 'file' ? 'file' : 'table', columns };
};
