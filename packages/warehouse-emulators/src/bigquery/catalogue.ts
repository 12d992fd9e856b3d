import type { DuckDbEngine } from '../engine/duckdb-engine.js';
import { quotedIdentifier, quotedText, type Token } from '../engine/tokens.js';
import { ApiError } from './api-error.js';
import { type Field, fieldOf } from './values.js';

/** What a table has besides its rows; merged into its resource as it is. */
export interface TableFacts {
  readonly type?: 'TABLE' | 'VIEW' | 'MATERIALIZED_VIEW' | 'EXTERNAL';
  readonly timePartitioning?: {
    readonly type: string;
    readonly field?: string;
    readonly requirePartitionFilter?: boolean;
  };
  readonly rangePartitioning?: { readonly field: string };
  readonly clustering?: { readonly fields: readonly string[] };
  readonly requirePartitionFilter?: boolean;
  readonly streamingBuffer?: { readonly estimatedRows: string };
  readonly maxStaleness?: string;
  readonly schema?: { readonly fields: readonly Field[] };
}

export interface TablePlace {
  readonly dataset: string;
  readonly name: string;
}

export interface TableFigures extends TablePlace {
  readonly isView: boolean;
  readonly rows: number;
  readonly columns: readonly string[];
}

interface Version {
  /** When it ended, in microseconds since 1970. */
  readonly until: number;
  /** Where its rows are kept. */
  readonly table: string;
}

/** The datasets and tables of the one project that the emulator has, and what tables were before they changed. */
export class Catalogue {
  readonly project: string;
  readonly #engine: DuckDbEngine;
  readonly #facts = new Map<string, TableFacts>();
  readonly #policies = new Map<string, readonly string[]>();
  readonly #modified = new Map<string, number>();
  readonly #versions = new Map<string, Version[]>();
  readonly #forbidden = new Set<string>();
  #figures: Promise<readonly TableFigures[]> | undefined;

  constructor(engine: DuckDbEngine, project: string) {
    this.#engine = engine;
    this.project = project;
  }

  async createDataset(dataset: string): Promise<void> {
    if (await this.hasDataset(dataset))
      throw new ApiError('duplicate', `Already Exists: Dataset ${this.project}:${dataset}`);
    await this.#engine.run(`CREATE SCHEMA ${this.#place(dataset)}`);
  }

  async datasets(): Promise<readonly string[]> {
    const { rows } = await this.#engine.run(
      `SELECT schema_name FROM duckdb_schemas() WHERE database_name = ${quotedText(this.project)} ` +
        `AND schema_name NOT IN ('main', 'history', 'information_schema', 'pg_catalog') ORDER BY 1`,
    );
    return rows.map(([name]) => String(name));
  }

  async hasDataset(dataset: string): Promise<boolean> {
    return (await this.datasets()).includes(dataset);
  }

  /** Tables and views of a dataset, by name. @throws ApiError `notFound` */
  async tables(dataset: string): Promise<readonly TableFigures[]> {
    if (!(await this.hasDataset(dataset))) throw this.#missing('Dataset', `${this.project}:${dataset}`);
    return (await this.figures()).filter((each) => each.dataset === dataset);
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
      WHERE c.database_name = ${quotedText(this.project)} AND c.schema_name NOT IN ('main', 'history')
      GROUP BY ALL ORDER BY ALL`);
    return rows.map(([dataset, name, size, columns]) => ({
      dataset: String(dataset),
      name: String(name),
      isView: size === null,
      rows: Number(size ?? 0),
      columns: (columns as { readonly items: readonly unknown[] }).items.map(String),
    }));
  }

  /** The resource of a table. @throws ApiError `notFound` */
  async table(dataset: string, name: string): Promise<object> {
    const figures = (await this.tables(dataset)).find((each) => each.name === name);
    const path = `${this.project}:${dataset}.${name}`;
    if (!figures) throw this.#missing('Table', path);
    const { columns } = await this.#engine.run(`SELECT * FROM ${this.#place(dataset, name)} LIMIT 0`);
    const facts = this.#facts.get(key(dataset, name)) ?? {};
    return {
      kind: 'bigquery#table',
      id: path,
      tableReference: { projectId: this.project, datasetId: dataset, tableId: name },
      type: figures.isView ? 'VIEW' : 'TABLE',
      location: 'US',
      lastModifiedTime: String(Math.floor(this.#modified.get(key(dataset, name)) ?? 0)),
      ...(!figures.isView && { numRows: String(await this.#rowsOf(dataset, name)), numBytes: '0' }),
      schema: { fields: columns.map(fieldOf) },
      ...facts,
    };
  }

  policies(dataset: string, name: string): readonly string[] {
    return this.#policies.get(key(dataset, name)) ?? [];
  }

  factsOf(dataset: string, name: string): TableFacts {
    return this.#facts.get(key(dataset, name)) ?? {};
  }

  setFacts(dataset: string, name: string, facts: TableFacts): void {
    this.#facts.set(key(dataset, name), facts);
  }

  setPolicies(dataset: string, name: string, policies: readonly string[]): void {
    this.#policies.set(key(dataset, name), policies);
  }

  forbid(dataset: string, name: string): void {
    this.#forbidden.add(key(dataset, name));
  }

  /** @throws ApiError `accessDenied` for a table that may not be read */
  checkReadable(tables: readonly TableFigures[]): void {
    const refused = tables.find(({ dataset, name }) => this.#forbidden.has(key(dataset, name)));
    if (!refused) return;
    const path = `${this.project}:${refused.dataset}.${refused.name}`;
    throw new ApiError(
      'accessDenied',
      `Access Denied: Table ${path}: User does not have permission to query table ${path}, or perhaps it does not exist.`,
    );
  }

  /** Existing tables that a statement may read: every path in it that names one. */
  async mentioned(tokens: readonly Token[], defaultDataset: string | undefined): Promise<readonly TableFigures[]> {
    const named = new Set(
      tokens.filter(({ kind }) => kind === 'word' || kind === 'identifier').map(({ value }) => value),
    );
    const isNamed = ({ dataset, name }: TableFigures) => {
      const last = [...named].some((each) => each === name || each.endsWith(`.${name}`));
      return last && (dataset === defaultDataset || [...named].some((each) => each.split('.').includes(dataset)));
    };
    return (await this.figures()).filter(isNamed);
  }

  /** Keeps what a table holds before a statement changes it. */
  async keep({ dataset, name }: TablePlace): Promise<void> {
    const versions = this.#versions.get(key(dataset, name)) ?? [];
    const table = `${dataset}.${name}@${versions.length}`;
    await this.#engine.run(
      `CREATE SCHEMA IF NOT EXISTS ${this.#place('history')}; ` +
        `CREATE TABLE ${this.#place('history', table)} AS FROM ${this.#place(dataset, name)}`,
    );
    this.#versions.set(key(dataset, name), [...versions, { until: await this.#clock(), table }]);
  }

  changed({ dataset, name }: TablePlace): void {
    this.#figures = undefined;
    this.#modified.set(key(dataset, name), Date.now());
  }

  /** The table as it was at a moment, as DuckDB names it. @throws ApiError for a moment that is no past of the table */
  historyOf(path: readonly string[], at: string, defaultDataset: string | undefined): string {
    const [name = '', dataset = defaultDataset ?? ''] = path.toReversed();
    const moment = microsecondsOf(at);
    if (!(moment <= (Date.now() + 1) * 1_000))
      throw new ApiError('invalidQuery', `Invalid snapshot time ${at}: it is in the future`);
    if (this.policies(dataset, name).length > 0)
      throw new ApiError(
        'accessDenied',
        `Access Denied: BigQuery: Time travel on table ${name} is forbidden as it has (or has had) row access policies.`,
      );
    const version = (this.#versions.get(key(dataset, name)) ?? []).find(({ until }) => until > moment);
    return version ? this.#place('history', version.table) : this.#place(dataset, name);
  }

  /** Microseconds, so that changes within a millisecond have an order. */
  async #clock(): Promise<number> {
    const { rows } = await this.#engine.run('SELECT epoch_us(now())');
    return Number(rows[0]?.[0]);
  }

  async #rowsOf(dataset: string, name: string): Promise<string> {
    const { rows } = await this.#engine.run(`SELECT count(*) FROM ${this.#place(dataset, name)}`);
    return String(rows[0]?.[0]);
  }

  #place(...names: readonly string[]): string {
    return [this.project, ...names].map(quotedIdentifier).join('.');
  }

  #missing(what: string, path: string): ApiError {
    return new ApiError('notFound', `Not found: ${what} ${path} was not found in location US`);
  }
}

const key = (dataset: string, name: string): string => JSON.stringify([dataset, name]);

/** Microseconds since 1970 of `2026-01-15 12:00:00.123456+00`. */
const microsecondsOf = (timestamp: string): number => {
  const [, seconds = '', fraction = '', zone = ''] = /^(.*?)(?:\.(\d+))?([+-]\d\d|Z)?$/.exec(timestamp) ?? [];
  const milliseconds = Date.parse(`${seconds.replace(' ', 'T')}${zone.length === 3 ? `${zone}:00` : 'Z'}`);
  return milliseconds * 1_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
};
