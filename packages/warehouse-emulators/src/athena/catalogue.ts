import type { DuckDbEngine, EngineColumn } from '../engine/duckdb-engine.js';
import { quotedIdentifier, quotedText, type Token } from '../engine/tokens.js';
import { ApiError } from './api-error.js';
import { failed, QueryError } from './failure.js';
import { trinoType } from './values.js';

/** Name of the one data catalog. */
export const catalogueName = 'awsdatacatalog';

/** What a table has besides its rows. */
export interface TableFacts {
  /** Default `ICEBERG`: Athena itself makes no other tables whose rows can change. */
  readonly format?: 'ICEBERG' | 'HIVE' | undefined;
  /** Names of columns by which the table is cut; they come last. */
  readonly partitionKeys?: readonly string[] | undefined;
  /** Parameters of the table in Glue, e.g. those of partition projection. */
  readonly parameters?: { readonly [name: string]: string } | undefined;
  /** Whether Glue has no more than a link to the table, as to one that another account shares. */
  readonly isLink?: boolean | undefined;
  /** Whether the planner knows how large the table is. Default true. */
  readonly hasStatistics?: boolean | undefined;
}

export interface TablePlace {
  readonly database: string;
  readonly name: string;
}

export interface TableFigures extends TablePlace {
  readonly isView: boolean;
  readonly rows: number;
  readonly columns: readonly string[];
}

interface Version {
  /** When it ended, in microseconds since 1970, so that changes within a millisecond have an order. */
  readonly until: number;
  /** Where its rows are kept. */
  readonly table: string;
}

/** Stands for `information_schema.columns`, with Athena's names of types. */
const columnsTable = 'information_schema_columns';
const ownSchemas: ReadonlySet<string> = new Set(['main', 'history']);

/** The databases and tables of the one data catalog that the emulator has, and what tables were before they changed. */
export class Catalogue {
  readonly #engine: DuckDbEngine;
  readonly #facts = new Map<string, TableFacts>();
  readonly #versions = new Map<string, Version[]>();
  readonly #forbidden = new Set<string>();
  #figures: Promise<readonly TableFigures[]> | undefined;
  #columns: Promise<string> | undefined;

  constructor(engine: DuckDbEngine) {
    this.#engine = engine;
  }

  async createDatabase(database: string): Promise<void> {
    await this.#engine.run(`CREATE SCHEMA ${this.#place(database.toLowerCase())}`);
  }

  async databases(): Promise<readonly string[]> {
    const { rows } = await this.#engine.run(
      `SELECT schema_name FROM duckdb_schemas() WHERE database_name = ${quotedText(catalogueName)} ` +
        `AND schema_name NOT IN ('information_schema', 'pg_catalog') ORDER BY 1`,
    );
    return rows.map(([name]) => String(name)).filter((name) => !ownSchemas.has(name));
  }

  /** Tables and views of a database, by name. @throws ApiError `EntityNotFoundException` */
  async tables(database: string): Promise<readonly TableFigures[]> {
    if (!(await this.databases()).includes(database)) throw missing(`Database ${database} not found.`);
    return (await this.figures()).filter((each) => each.database === database);
  }

  /** @throws ApiError `EntityNotFoundException` */
  async table({ database, name }: TablePlace): Promise<TableFigures> {
    const found = (await this.tables(database)).find((each) => each.name === name);
    if (!found) throw missing(`Entity Not Found: Table ${name} not found.`);
    return found;
  }

  /** Every table, read again after a change. */
  figures(): Promise<readonly TableFigures[]> {
    this.#figures ??= this.#readFigures();
    return this.#figures;
  }

  async #readFigures(): Promise<readonly TableFigures[]> {
    const { rows } = await this.#engine.run(`
      SELECT c.schema_name, c.table_name, t.estimated_size, list(c.column_name ORDER BY c.column_index)::VARCHAR[]
      FROM duckdb_columns() c LEFT JOIN duckdb_tables() t USING (database_name, schema_name, table_name)
      WHERE c.database_name = ${quotedText(catalogueName)} AND c.schema_name NOT IN ('main', 'history')
      GROUP BY ALL ORDER BY ALL`);
    return rows.map(([database, name, size, columns]) => ({
      database: String(database),
      name: String(name),
      isView: size === null,
      rows: Number(size ?? 0),
      columns: (columns as { readonly items: readonly unknown[] }).items.map(String),
    }));
  }

  async columnsOf({ database, name }: TablePlace): Promise<readonly EngineColumn[]> {
    const { columns } = await this.#engine.run(`SELECT * FROM ${this.#place(database, name)} LIMIT 0`);
    return columns;
  }

  factsOf({ database, name }: TablePlace): TableFacts {
    return this.#facts.get(key(database, name)) ?? {};
  }

  setFacts({ database, name }: TablePlace, facts: TableFacts): void {
    this.#facts.set(key(database, name), facts);
  }

  forbid({ database, name }: TablePlace): void {
    this.#forbidden.add(key(database, name));
  }

  isForbidden({ database, name }: TablePlace): boolean {
    return this.#forbidden.has(key(database, name));
  }

  /** Existing tables that a statement may read: every one that is named in it. */
  async mentioned(tokens: readonly Token[], defaultDatabase: string): Promise<readonly TableFigures[]> {
    const named = new Set(tokens.filter(isName).map(({ value }) => value.toLowerCase()));
    return (await this.figures()).filter(
      ({ database, name }) => named.has(name) && (database === defaultDatabase || named.has(database)),
    );
  }

  /** Keeps what a table holds before a statement changes it. */
  async keep({ database, name }: TablePlace): Promise<void> {
    const versions = this.#versions.get(key(database, name)) ?? [];
    const table = `${database}.${name}@${versions.length}`;
    const { rows } = await this.#engine.run(
      `CREATE SCHEMA IF NOT EXISTS ${this.#place('history')}; ` +
        `CREATE TABLE ${this.#place('history', table)} AS FROM ${this.#place(database, name)}; SELECT epoch_us(now())`,
    );
    this.#versions.set(key(database, name), [...versions, { until: Number(rows[0]?.[0]), table }]);
  }

  changed(): void {
    this.#figures = undefined;
    this.#columns = undefined;
  }

  /** Where rows are read that a table had at a moment, in microseconds since 1970. @throws QueryError for what has no past */
  async placeAt({ database, name }: TablePlace, moment: number): Promise<readonly string[]> {
    const { isView } = await this.table({ database, name });
    if (isView || this.factsOf({ database, name }).format === 'HIVE')
      throw new QueryError(failed('NOT_SUPPORTED: This connector does not support versioned tables'));
    const version = (this.#versions.get(key(database, name)) ?? []).find(({ until }) => until > moment);
    return version ? [catalogueName, 'history', version.table] : [catalogueName, database, name];
  }

  /** Where the columns of all tables are listed as `information_schema.columns` lists them. */
  columnsPlace(): Promise<readonly string[]> {
    this.#columns ??= this.#listColumns();
    return this.#columns.then((table) => [catalogueName, 'main', table]);
  }

  async #listColumns(): Promise<string> {
    const place = this.#place('main', columnsTable);
    await this.#engine.run(
      `CREATE OR REPLACE TABLE ${place} (table_catalog VARCHAR, table_schema VARCHAR, table_name VARCHAR, ` +
        'column_name VARCHAR, ordinal_position INTEGER, column_default VARCHAR, is_nullable VARCHAR, data_type VARCHAR)',
    );
    const rows = (await Promise.all((await this.figures()).map((table) => this.#columnRows(table)))).flat();
    if (rows.length > 0) await this.#engine.run(`INSERT INTO ${place} VALUES ${rows.join(', ')}`);
    return columnsTable;
  }

  async #columnRows(table: TableFigures): Promise<readonly string[]> {
    const columns = await this.columnsOf(table);
    return columns.map(({ name, type }, index) => {
      const texts = [catalogueName, table.database, table.name, name].map(quotedText);
      return `(${texts.join(', ')}, ${index + 1}, NULL, 'YES', ${quotedText(trinoType(type))})`;
    });
  }

  #place(...names: readonly string[]): string {
    return [catalogueName, ...names].map(quotedIdentifier).join('.');
  }
}

const isName = ({ kind }: Token): boolean => kind === 'word' || kind === 'identifier';

const missing = (message: string): ApiError => new ApiError('EntityNotFoundException', message);

const key = (database: string, name: string): string => JSON.stringify([database, name]);
