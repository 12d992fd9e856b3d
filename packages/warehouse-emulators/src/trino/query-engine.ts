import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDbEngine, type EngineAnswer } from '../engine/duckdb-engine.js';
import { NotCoveredError } from '../engine/not-covered.js';
import { isSymbol, isWord, quotedIdentifier, quotedText, type Token } from '../engine/tokens.js';
import { macroStatements } from '../trino-sql/macros.js';
import { type Translated, translate } from '../trino-sql/translate.js';
import { Catalogue, type Connector, type TablePlace } from './catalogue.js';
import type { Query } from './query.js';
import { failureOf, QueryError, type QueryFailure } from './query-error.js';
import { Transactions } from './transactions.js';

const bytesPerValue = 8;
const nothing: EngineAnswer = { columns: [], rows: [] };

/** Runs statements of Trino on DuckDB. */
export class QueryEngine {
  readonly catalogue: Catalogue;
  readonly transactions = new Transactions();
  /** How long every query stays queued. */
  slowMs = 0;
  /** Statements that could not be run, with the reason, oldest first. */
  readonly notCovered: string[] = [];
  readonly #failing: QueryFailure[] = [];
  readonly #engine: DuckDbEngine;

  private constructor(engine: DuckDbEngine, catalog: string, connector: Connector) {
    this.#engine = engine;
    this.catalogue = new Catalogue(engine, catalog, connector);
  }

  static async open(catalog: string, connector: Connector): Promise<QueryEngine> {
    const engine = await DuckDbEngine.open({
      catalogue: catalog,
      setup: macroStatements(quotedIdentifier(catalog)),
      settings: ["SET TimeZone = 'UTC'", 'SET integer_division = true'],
    });
    return new QueryEngine(engine, catalog, connector);
  }

  close(): void {
    this.#engine.close();
  }

  failNext(times: number, error: QueryFailure): void {
    this.#failing.push(...Array.from({ length: times }, () => error));
  }

  /** Runs one statement as an administrator would, past the protocol. */
  async run(sql: string, schema: string | undefined): Promise<EngineAnswer> {
    const translated = await this.#translated(sql, schema);
    return isRead(translated) ? this.#read(translated, schema) : this.#change(translated, schema);
  }

  /** Runs a query to its end, whatever that is. */
  async execute(query: Query): Promise<void> {
    const timer = this.#limit(query);
    try {
      await this.#begin(query);
      query.end(await this.#answer(query));
    } catch (error) {
      query.end(this.#failureOf(error, query));
      this.transactions.fail(query);
    } finally {
      clearTimeout(timer);
    }
  }

  #failureOf(error: unknown, { sql, session: { schema } }: Query): QueryFailure {
    const found = failureOf(error, `${this.catalogue.name}.${schema ?? ''}`);
    if (found.errorName === 'NOT_COVERED_BY_THE_EMULATOR') this.notCovered.push(`${found.message}: ${sql}`);
    return found;
  }

  #limit(query: Query): NodeJS.Timeout | undefined {
    const written = query.session.properties.query_max_run_time;
    if (written === undefined) return undefined;
    const message = `Query exceeded the maximum run time limit of ${written}`;
    return setTimeout(() => query.stop('EXCEEDED_TIME_LIMIT', message), millisecondsOf(written));
  }

  async #begin(query: Query): Promise<void> {
    if (this.slowMs > 0) await sleep(this.slowMs, undefined, { signal: query.signal });
    query.state = 'RUNNING';
    const failing = this.#failing.shift();
    if (failing) throw new QueryError(failing.errorName, failing.message, failing.errorType);
  }

  async #answer(query: Query): Promise<EngineAnswer> {
    const { sql, session } = query;
    const translated = await this.#translated(sql, session.schema);
    const { statementType, tokens } = translated;
    if (statementType === 'START') return this.#control(() => this.transactions.begin(query, tokens));
    if (statementType === 'ROLLBACK' || statementType === 'COMMIT')
      return this.#control(() => this.transactions.end(query));
    this.transactions.check(query, changes.has(statementType));
    this.#checkReadable(tokens, session.schema);
    if (statementType === 'EXPLAIN') return this.#explain(sql, session.schema);
    if (isRead(translated)) return this.#read(translated, session.schema, query.signal);
    query.updateType = statementType.replace('_', ' ');
    return this.#change(translated, session.schema);
  }

  #control(act: () => void): EngineAnswer {
    act();
    return nothing;
  }

  async #translated(sql: string, schema = 'default'): Promise<Translated> {
    if (/information_schema/i.test(sql)) await this.catalogue.prepareInformation();
    return translate(sql, (path, asOf) => this.catalogue.relationOf(path, asOf, schema));
  }

  #read({ sql, statementType }: Translated, schema: string | undefined, signal?: AbortSignal): Promise<EngineAnswer> {
    if (sql === '') throw new NotCoveredError(statementType);
    if (statementType !== 'SELECT')
      throw new QueryError('SYNTAX_ERROR', `line 1:1: mismatched input '${statementType}'. Expecting: <query>`);
    return this.#engine.run(sql, { schema, signal });
  }

  async #change({ sql, statementType, tokens }: Translated, schema: string | undefined): Promise<EngineAnswer> {
    if (!changes.has(statementType) || sql === '') throw new NotCoveredError(statementType);
    const target = placesIn(tokens, schema)[0];
    const makesVersion = changesRows.has(statementType);
    if (target && this.catalogue.connector === 'iceberg' && (makesVersion || statementType === 'ALTER'))
      await this.catalogue.keep(target, makesVersion);
    // The schema of a session need not exist yet.
    await this.#engine.run(sql, { schema: statementType.endsWith('_SCHEMA') ? undefined : schema });
    this.catalogue.changed();
    return nothing;
  }

  /** @throws QueryError for tables that may not be read at all, or not without a condition on their partitions */
  #checkReadable(tokens: readonly Token[], schema: string | undefined): void {
    for (const place of placesIn(tokens, schema)) {
      const { isForbidden, requiresPartitionFilter, partitionedBy = [] } = this.catalogue.factsOf(place);
      const path = `${this.catalogue.name}.${place.schema}.${place.name}`;
      if (isForbidden) throw new QueryError('PERMISSION_DENIED', `Access Denied: Cannot select from table ${path}`);
      const where = tokens.findIndex((token) => isWord(token, 'where'));
      const isFiltered = where >= 0 && tokens.slice(where).some(({ value }) => partitionedBy.includes(value));
      if (requiresPartitionFilter && !isFiltered)
        throw new QueryError(
          'QUERY_REJECTED',
          `Filter required on ${path} for at least one of the partition columns: ${partitionedBy.join(', ')}`,
        );
    }
  }

  /** `EXPLAIN (TYPE IO, FORMAT JSON)`: eight bytes for each value of each table that is read. */
  async #explain(sql: string, schema: string | undefined): Promise<EngineAnswer> {
    const [, explained] =
      /^\s*(?:\/\*.*?\*\/\s*)?EXPLAIN\s*\(\s*TYPE\s+IO\s*,\s*FORMAT\s+JSON\s*\)\s*([\s\S]*)$/i.exec(sql) ?? [];
    if (explained === undefined) throw new NotCoveredError('EXPLAIN other than (TYPE IO, FORMAT JSON)');
    const { sql: duckDbSql, tokens } = await this.#translated(explained, schema);
    await this.#engine.run(`EXPLAIN ${duckDbSql}`, { schema });
    const inputs = await Promise.all(placesIn(tokens, schema).map((place) => this.#input(place)));
    const plan = JSON.stringify({ inputTableColumnInfos: inputs.filter((input) => input !== undefined), estimate: {} });
    return this.#engine.run(`SELECT ${quotedText(plan)} AS "Query Plan"`);
  }

  async #input({ schema, name }: TablePlace): Promise<object | undefined> {
    const table = [this.catalogue.name, schema, name].map(quotedIdentifier).join('.');
    const answer = await this.#engine.run(`SELECT count(*) FROM ${table}`).catch(() => undefined);
    if (!answer) return undefined;
    const { columns } = await this.#engine.run(`SELECT * FROM ${table} LIMIT 0`);
    const rows = Number(answer.rows[0]?.[0]);
    return {
      table: { catalog: this.catalogue.name, schemaTable: { schema, table: name } },
      estimate: { outputRowCount: rows, outputSizeInBytes: rows * columns.length * bytesPerValue },
    };
  }
}

const changesRows: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE']);
const changes: ReadonlySet<string> = new Set([
  ...changesRows,
  ...['MERGE', 'TRUNCATE', 'CREATE_TABLE', 'CREATE_VIEW', 'CREATE_SCHEMA', 'DROP_TABLE', 'DROP_VIEW', 'DROP_SCHEMA'],
  ...['ALTER', 'CALL', 'COMMENT', 'GRANT', 'REVOKE', 'DENY', 'REFRESH', 'ANALYZE'],
]);

const isRead = ({ statementType }: Translated): boolean => !changes.has(statementType);

/** Tables that a statement names, the one that it changes first. */
const placesIn = (tokens: readonly Token[], schema = 'default'): readonly TablePlace[] =>
  tokens.flatMap((token, index) => {
    const isPlace = isWord(token, 'from', 'join', 'into', 'table', 'update') || isSymbol(token, ',');
    const path = isPlace ? pathAt(tokens, index + 1) : [];
    const [name, owner = schema] = path.toReversed();
    return name === undefined ? [] : [{ schema: owner.toLowerCase(), name: name.toLowerCase() }];
  });

const pathAt = (tokens: readonly Token[], start: number): readonly string[] => {
  const path: string[] = [];
  for (let index = start; ; index += 2) {
    const token = tokens[index];
    if (token?.kind !== 'identifier' && token?.kind !== 'word') return path;
    path.push(token.value);
    if (!isSymbol(tokens[index + 1], '.')) return path;
  }
};

const units: { readonly [unit: string]: number } = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `200ms`, `1.5m`. */
const millisecondsOf = (duration: string): number => {
  const [, number, unit = 'ms'] = /^([\d.]+)\s*(\w+)$/.exec(duration) ?? [];
  return Number(number) * (units[unit] ?? 1);
};
