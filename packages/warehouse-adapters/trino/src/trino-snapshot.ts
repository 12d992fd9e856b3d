import { type StatementOptions, type TableDescription, type TableName, WarehouseError } from '@aegis/spec';
import { trinoDialectAt } from '@aegis/sql';
import { orUndefined } from './trino-catalogues.js';
import { hiddenTable, type Place, type Surroundings } from './trino-describe.js';
import type { TrinoSession } from './trino-session.js';
import type { Answer } from './trino-statement.js';

/** Versions of the tables that a snapshot has described so far. */
export class Versions {
  readonly #versions = new Map<string, string>();
  readonly dialect = trinoDialectAt((table) => this.#versions.get(key(table)));

  /**
   * Fixes the version in which a table of Iceberg is read from now on. Not one whose columns are others than those that the
   * table has now: adding a column makes no version.
   */
  async fix(
    { table, columns }: TableDescription,
    place: Place,
    { session, catalogues }: Surroundings,
    options?: StatementOptions,
  ): Promise<void> {
    if (this.#versions.has(key(table)) || (await catalogues.connectorOf(place.catalog, options)) !== 'iceberg') return;
    const sql = `SELECT snapshot_id FROM ${hiddenTable(place, 'refs')} WHERE name = 'main'`;
    const version = (await orUndefined(session.run(sql, 1, options)))?.rows[0]?.[0];
    if (version === undefined || version === null) return;
    const dialect = trinoDialectAt(() => String(version));
    const columnsThen = `SELECT * FROM ${dialect.relation(table)} LIMIT 0`;
    const then = await orUndefined(session.run(columnsThen, 1, options));
    if (then && then.names.join() === columns.map(({ name }) => name).join())
      this.#versions.set(key(table), String(version));
  }
}

const key = (table: TableName): string => JSON.stringify(table);

/** Statements of a snapshot, until it is released. */
export class SnapshotSession implements TrinoSession {
  readonly #session: TrinoSession;
  #isReleased = false;

  constructor(session: TrinoSession) {
    this.#session = session;
  }

  async run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    if (this.#isReleased) throw new WarehouseError('connection', 'the snapshot was released');
    return this.#session.run(sql, limit, options);
  }

  release(): void {
    this.#isReleased = true;
  }
}
