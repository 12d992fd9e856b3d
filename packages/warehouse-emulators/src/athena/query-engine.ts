import { setTimeout as sleep } from 'node:timers/promises';
import { VARCHAR } from '@duckdb/node-api';
import { LexError } from '../engine/cut-tokens.js';
import { DuckDbEngine, type EngineAnswer } from '../engine/duckdb-engine.js';
import { NotCoveredError } from '../engine/not-covered.js';
import { isSymbol, isWord, quotedIdentifier, type Token } from '../engine/tokens.js';
import { lex } from '../trino-sql/lex.js';
import { macroStatements } from '../trino-sql/macros.js';
import { type Translated, translate } from '../trino-sql/translate.js';
import { malformedQuery } from './api-error.js';
import { Catalogue, catalogueName, type TableFigures, type TablePlace } from './catalogue.js';
import type { Execution } from './execution.js';
import { type Failure, failed, failureOf, QueryError } from './failure.js';
import { athenaText, rewritten } from './rewrite.js';

const bytesPerValue = 8;

/** Runs the SQL of queries on DuckDB. */
export class QueryEngine {
  readonly catalogue: Catalogue;
  /** How long every query is queued before it runs. */
  slowMs = 0;
  /** Statements that could not be run, with the reason, oldest first. */
  readonly notCovered: string[] = [];
  readonly #failing: Failure[] = [];
  readonly #engine: DuckDbEngine;

  private constructor(engine: DuckDbEngine) {
    this.#engine = engine;
    this.catalogue = new Catalogue(engine);
  }

  static async open(): Promise<QueryEngine> {
    const engine = await DuckDbEngine.open({
      catalogue: catalogueName,
      setup: macroStatements(quotedIdentifier(catalogueName)),
      settings: ["SET TimeZone = 'UTC'", 'SET integer_division = true'],
    });
    return new QueryEngine(engine);
  }

  close(): void {
    this.#engine.close();
  }

  failNext(times: number, failure: Failure): void {
    this.#failing.push(...Array.from({ length: times }, () => failure));
  }

  /** What the parser says before a query is taken. @throws ApiError */
  parse(sql: string): void {
    const [first] = lexed(sql).filter((token) => !isSymbol(token, '('));
    if (first?.kind === 'word' && statements.has(first.value.toLowerCase())) return;
    throw malformedQuery(
      `line 1:1: mismatched input '${first?.value ?? '<EOF>'}'. Expecting: ${[...statements].join(', ')}`,
    );
  }

  /** Runs one statement as an owner would, past the API. */
  async run(sql: string, database: string): Promise<EngineAnswer> {
    return this.#answer(await this.#translated(sql, database), database);
  }

  /** Runs a query to its end, whatever that is. */
  async execute(execution: Execution): Promise<void> {
    try {
      if (this.slowMs > 0) await sleep(this.slowMs, undefined, { signal: execution.signal });
      execution.state = 'RUNNING';
      execution.end(await this.#judged(execution));
    } catch (error) {
      const failure = failureOf(error, execution.database);
      if (failure.reason.startsWith('NOT_COVERED'))
        this.notCovered.push(`${failure.reason}: ${execution.request.QueryString}`);
      execution.end(failure);
    }
  }

  async #judged(execution: Execution): Promise<EngineAnswer> {
    const failure = this.#failing.shift();
    if (failure) throw new QueryError(failure);
    const { request, database, signal } = execution;
    const [, planned] =
      /^\s*(?:\/\*.*?\*\/\s*)?EXPLAIN \(TYPE IO, FORMAT JSON\)([\s\S]*)$/i.exec(request.QueryString) ?? [];
    const translated = await this.#translated(planned ?? request.QueryString, database);
    if (translated.statementType !== 'SELECT') return this.#changed(execution, translated);
    const tables = await this.catalogue.mentioned(translated.tokens, database);
    this.#checkReadable(tables, translated.tokens);
    if (planned !== undefined) return this.#plan(execution, translated, tables);
    execution.bytes = tables.reduce((sum, table) => sum + bytesOf(table, translated.tokens), 0);
    return this.#engine.run(translated.sql, { schema: database, signal });
  }

  async #changed(execution: Execution, translated: Translated): Promise<EngineAnswer> {
    execution.statementType = /^(CREATE|DROP)_/.test(translated.statementType) ? 'DDL' : 'DML';
    return this.#answer(translated, execution.database);
  }

  async #translated(sql: string, database: string): Promise<Translated> {
    const tokens = await rewritten(lexed(sql), database, {
      tableAt: (table, moment) => this.catalogue.placeAt(table, moment),
      informationSchemaColumns: () => this.catalogue.columnsPlace(),
    });
    return translate(athenaText(tokens));
  }

  async #answer({ sql, statementType, tokens }: Translated, database: string): Promise<EngineAnswer> {
    if (sql === '') throw new NotCoveredError(statementType);
    const target = statementType === 'SELECT' ? undefined : changedTable(tokens, database);
    if (target && changesRows.has(statementType)) await this.catalogue.keep(target);
    const answer = await this.#engine.run(sql, { schema: database });
    if (target) this.catalogue.changed();
    return answer;
  }

  /** @throws QueryError for a table that may not be read, or not without a condition */
  #checkReadable(tables: readonly TableFigures[], tokens: readonly Token[]): void {
    for (const table of tables) {
      if (this.catalogue.isForbidden(table)) throw new QueryError(failed(insufficient(table)));
      const column = this.#injectedColumns(table).find((each) => !isFiltered(each, tokens));
      if (column !== undefined) throw new QueryError(failed(unfiltered(column)));
    }
  }

  #injectedColumns(table: TablePlace): readonly string[] {
    const { partitionKeys = [], parameters = {} } = this.catalogue.factsOf(table);
    if (parameters['projection.enabled'] !== 'true') return [];
    return partitionKeys.filter((column) => parameters[`projection.${column}.type`] === 'injected');
  }

  /** What `EXPLAIN (TYPE IO, FORMAT JSON)` says, a line to a row. */
  async #plan(
    execution: Execution,
    { sql, tokens }: Translated,
    tables: readonly TableFigures[],
  ): Promise<EngineAnswer> {
    execution.statementType = 'UTILITY';
    await this.#engine.run(`EXPLAIN ${sql}`, { schema: execution.database });
    const plan = { inputTableColumnInfos: tables.map((table) => this.#planOf(table, tokens)) };
    const lines = JSON.stringify(plan, undefined, 2).split('\n');
    return { columns: [{ name: 'Query Plan', type: VARCHAR }], rows: lines.map((line) => [line]) };
  }

  #planOf(table: TableFigures, tokens: readonly Token[]): object {
    const { hasStatistics = true } = this.catalogue.factsOf(table);
    const known = (size: number) => (hasStatistics && !table.isView ? size : 'NaN');
    return {
      table: { catalog: catalogueName, schemaTable: { schema: table.database, table: table.name } },
      constraint: { none: false, columnConstraints: [] },
      estimate: { outputRowCount: known(table.rows), outputSizeInBytes: known(bytesOf(table, tokens)) },
    };
  }
}

/** First words of statements that Athena's parser knows. */
const statements: ReadonlySet<string> = new Set([
  ...['alter', 'analyze', 'call', 'create', 'deallocate', 'delete', 'describe', 'drop', 'execute', 'explain', 'grant'],
  ...['insert', 'merge', 'msck', 'optimize', 'prepare', 'show', 'table', 'unload', 'update', 'using', 'vacuum'],
  ...['values', 'select', 'with'],
]);

const changesRows: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE']);

/** @throws ApiError as the parser would, when a query is sent */
const lexed = (sql: string): readonly Token[] => {
  try {
    return lex(sql);
  } catch (error) {
    throw error instanceof LexError ? malformedQuery(`line 1:1: ${error.message}`) : error;
  }
};

/** The table after INTO, TABLE, UPDATE or FROM. */
const changedTable = (tokens: readonly Token[], database: string): TablePlace | undefined => {
  const at = tokens.findIndex((token) => isWord(token, 'into', 'table', 'view', 'update', 'from'));
  const rest = tokens.slice(at + 1).filter((token) => !isWord(token, 'if', 'not', 'exists'));
  const end = rest.findIndex((token, index) => index % 2 === 1 && !isSymbol(token, '.'));
  const path = (end < 0 ? rest : rest.slice(0, end)).filter((_, index) => index % 2 === 0);
  const [name, owner = database] = path.map(({ value }) => value.toLowerCase()).toReversed();
  return name === undefined ? undefined : { database: owner, name };
};

const isFiltered = (column: string, tokens: readonly Token[]): boolean => {
  const where = tokens.findIndex((token) => isWord(token, 'where'));
  return where >= 0 && tokens.slice(where).some(({ value }) => value.toLowerCase() === column);
};

const insufficient = ({ database, name }: TablePlace): string =>
  'Insufficient permissions to execute the query. User: arn:aws:iam::123456789012:user/reader is not authorized to ' +
  `perform: glue:GetTable on resource: arn:aws:glue:us-east-1:123456789012:table/${database}/${name}`;

const unfiltered = (column: string): string =>
  `CONSTRAINT_VIOLATION: For the injected projected partition column ${column}, the WHERE clause must contain only ` +
  'static equality conditions, and at least one such condition must be present.';

/** Eight bytes for each value of each column that the statement names, or of all for `*`. */
const bytesOf = ({ rows, columns }: TableFigures, tokens: readonly Token[]): number => {
  const names = new Set(tokens.map(({ value }) => value.toLowerCase()));
  const isStar = tokens.some(
    (token, index) => token.value === '*' && (isWord(tokens[index - 1], 'select') || isSymbol(tokens[index - 1], '.')),
  );
  const read = isStar ? columns : columns.filter((column) => names.has(column));
  return rows * read.length * bytesPerValue;
};
