import { endsWith, isSameTable } from './names.js';
import type { SchemaLookup, SqlTableName, StatementLineage } from './types.js';

interface KnownTable {
  readonly name: SqlTableName;
  /** `undefined` where a statement changed them in a way that cannot be followed. */
  readonly columns: readonly string[] | undefined;
}

/** Columns of tables as the statements of one text leave them, before those that were known at its start. */
export class KnownTables {
  readonly #before: SchemaLookup;
  #tables: readonly KnownTable[] = [];

  constructor(before: SchemaLookup) {
    this.#before = before;
  }

  readonly columnsOf: SchemaLookup = (table) => {
    const found = this.#tables.filter(({ name }) => endsWith(name, table) || endsWith(table, name));
    const [own] = found;
    return own && found.length === 1 ? own.columns : this.#before(table);
  };

  /** Takes note of what a statement did to its output. */
  note({ kind, output, outputColumns, inputs }: StatementLineage, altered?: readonly string[]): void {
    if (!output) return;
    if (kind === 'rename' && inputs[0]) this.#set(inputs[0], undefined);
    if (kind === 'alter') this.#set(output, altered);
    if (makesTable.has(kind)) this.#set(output, outputColumns ?? undefined);
    if (kind === 'drop') this.#set(output, undefined);
  }

  #set(name: SqlTableName, columns: readonly string[] | undefined): void {
    this.#tables = [...this.#tables.filter((table) => !isSameTable(table.name, name)), { name, columns }];
  }
}

const makesTable: ReadonlySet<string> = new Set(['create_table', 'create_table_as', 'create_view', 'rename']);
