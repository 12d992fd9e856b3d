import type { DuckDbEngine } from '../engine/duckdb-engine.js';
import { quotedIdentifier, quotedText } from '../engine/tokens.js';
import type { AsOf } from '../trino-sql/translate.js';
import { trinoTypeOf, typeName } from '../trino-sql/trino-type.js';
import { QueryError } from './query-error.js';

/** The kind of catalogue that the emulator plays. */
export type Connector = 'iceberg' | 'hive' | 'memory';

export interface TableFacts {
  /** Columns of the table's partitions; with `iceberg` also transforms as its `$partitions` names them, e.g. `placed_day`. */
  readonly partitionedBy?: readonly string[];
  /** Whether reading it is refused. */
  readonly isForbidden?: boolean;
  /** Whether Hive refuses to read it without a condition on its partitions. */
  readonly requiresPartitionFilter?: boolean;
}

export interface TablePlace {
  readonly schema: string;
  readonly name: string;
}

/** Names of iceberg's versions are long numbers. */
const firstVersion = 7_205_759_403_792_793_600n;

/** The one catalogue that the emulator has: its tables, what they were before they changed, and `information_schema`. */
export class Catalogue {
  readonly name: string;
  readonly connector: Connector;
  readonly #engine: DuckDbEngine;
  readonly #facts = new Map<string, TableFacts>();
  readonly #versions = new Map<string, number>();
  readonly #kept = new Set<string>();
  #information: Promise<void> | undefined;

  constructor(engine: DuckDbEngine, name: string, connector: Connector) {
    this.#engine = engine;
    this.name = name;
    this.connector = connector;
  }

  async createSchema(schema: string): Promise<void> {
    await this.#engine.run(`CREATE SCHEMA ${this.#place(schema)}`);
  }

  setFacts({ schema, name }: TablePlace, facts: TableFacts): void {
    this.#facts.set(key(schema, name), { ...this.factsOf({ schema, name }), ...facts });
    this.#information = undefined;
  }

  factsOf({ schema, name }: TablePlace): TableFacts {
    return this.#facts.get(key(schema, name)) ?? {};
  }

  /** Keeps what a table holds before a statement changes its rows, which makes a version, or its columns, which makes none. */
  async keep(place: TablePlace, isNewVersion: boolean): Promise<void> {
    const version = this.#versions.get(key(place.schema, place.name)) ?? 0;
    const history = this.#historyOf(place, version);
    await this.#engine.run(
      `CREATE SCHEMA IF NOT EXISTS ${this.#place('history')}; ` +
        `CREATE TABLE IF NOT EXISTS ${history} AS FROM ${this.#place(place.schema, place.name)}`,
    );
    this.#kept.add(history);
    if (isNewVersion) this.#versions.set(key(place.schema, place.name), version + 1);
  }

  /** Has `information_schema` read again. */
  changed(): void {
    this.#information = undefined;
  }

  /** What stands for a name in DuckDB: hidden tables of iceberg, tables as they were, and lists of what there is. */
  relationOf(path: readonly string[], asOf: AsOf | undefined, schema: string): string | undefined {
    const names = path.map((name) => name.toLowerCase());
    if (names.length > 2 && names[0] !== this.name && names[0] !== 'system') return undefined;
    const joined = names.slice(-2).join('.');
    if (names.at(-2) === 'information_schema') return `${this.#place('main')}.information_${names.at(-1)}`;
    if (names.join('.') === 'system.metadata.catalogs') return this.#catalogs();
    const [last = '', owner = schema] = names.toReversed();
    if (asOf) return this.#asOf({ schema: owner, name: last }, asOf, joined);
    const [name = '', hidden] = last.split('$');
    return hidden === undefined ? undefined : this.#hidden({ schema: owner, name }, hidden);
  }

  #catalogs(): string {
    const row = [this.name, this.name, this.connector].map(quotedText).join(', ');
    return `(SELECT * FROM (VALUES (${row}), ('system', 'system', 'system')) AS v(catalog_name, connector_id, connector_name))`;
  }

  #hidden(place: TablePlace, hidden: string): string | undefined {
    if (hidden === 'partitions') return this.#partitions(this.factsOf(place).partitionedBy ?? []);
    if (hidden !== 'refs' || this.connector !== 'iceberg') return undefined;
    return `(SELECT 'main' AS name, 'BRANCH' AS type, ${this.#currentVersion(place)} AS snapshot_id)`;
  }

  /** Hive shows partition keys as columns, Iceberg as fields of one. */
  #partitions(partitionedBy: readonly string[]): string | undefined {
    const names = partitionedBy.map(quotedIdentifier);
    if (this.connector === 'iceberg')
      return `(SELECT ${names.length > 0 ? `{${names.map((name) => `${name}: ''`)}} AS "partition", ` : ''}CAST(0 AS BIGINT) AS record_count)`;
    if (this.connector !== 'hive' || names.length === 0) return undefined;
    return `(SELECT ${names.map((name) => `'' AS ${name}`)})`;
  }

  #currentVersion({ schema, name }: TablePlace): bigint {
    return firstVersion + BigInt(this.#versions.get(key(schema, name)) ?? 0);
  }

  #asOf(place: TablePlace, { of, value }: AsOf, path: string): string | undefined {
    if (of !== 'version' || this.connector !== 'iceberg') return undefined;
    const version = BigInt(value);
    const history = this.#historyOf(place, Number(version - firstVersion));
    if (this.#kept.has(history)) return history;
    if (version !== this.#currentVersion(place))
      throw new QueryError('INVALID_ARGUMENTS', `line 1:15: Iceberg snapshot ID does not exists: ${value} of ${path}`);
    return this.#place(place.schema, place.name);
  }

  /** Makes the tables behind `information_schema`, again after a change. */
  prepareInformation(): Promise<void> {
    this.#information ??= this.#readInformation();
    return this.#information;
  }

  async #readInformation(): Promise<void> {
    const { rows } = await this.#engine.run(`
      SELECT DISTINCT schema_name, table_name, table_oid IN (SELECT view_oid FROM duckdb_views()) AS is_view
      FROM duckdb_columns() WHERE database_name = ${quotedText(this.name)} AND schema_name NOT IN ('main', 'history')`);
    const places = rows.map(([schema, name, isView]) => ({ schema: String(schema), name: String(name), isView }));
    const columns = await Promise.all(places.map((place) => this.#columnsOf(place)));
    await this.#fill(
      'tables',
      tablesOf,
      places.map(({ schema, name, isView }) => [
        this.name,
        schema.toLowerCase(),
        name.toLowerCase(),
        isView ? 'VIEW' : 'BASE TABLE',
      ]),
    );
    await this.#fill('columns', columnsOf, columns.flat());
  }

  async #columnsOf(place: TablePlace): Promise<readonly (readonly string[])[]> {
    const answer = await this.#engine
      .run(`SELECT * FROM ${this.#place(place.schema, place.name)} LIMIT 0`)
      .catch(() => undefined);
    const { columns } = answer ?? { columns: [] };
    return columns.map(({ name, type }, index) => [
      ...[this.name, place.schema.toLowerCase(), place.name.toLowerCase(), name.toLowerCase(), String(index + 1)],
      ...['YES', typeName(trinoTypeOf(type))],
    ]);
  }

  async #fill(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
    const table = this.#place('main', `information_${name}`);
    const values = rows.map((row) => `(${row.map(quotedText).join(', ')})`).join(', ');
    const definitions = columns
      .map((column) => `${column} ${column === 'ordinal_position' ? 'INTEGER' : 'VARCHAR'}`)
      .join(', ');
    await this.#engine.run(`CREATE OR REPLACE TABLE ${table} (${definitions})`);
    if (rows.length > 0) await this.#engine.run(`INSERT INTO ${table} VALUES ${values}`);
  }

  #historyOf({ schema, name }: TablePlace, version: number): string {
    return this.#place('history', `${schema}.${name}@${version}`);
  }

  #place(...names: readonly string[]): string {
    return [this.name, ...names].map(quotedIdentifier).join('.');
  }
}

const tablesOf = ['table_catalog', 'table_schema', 'table_name', 'table_type'];
const columnsOf = [
  ...['table_catalog', 'table_schema', 'table_name', 'column_name', 'ordinal_position', 'is_nullable', 'data_type'],
];

const key = (schema: string, name: string): string => JSON.stringify([schema.toLowerCase(), name.toLowerCase()]);
