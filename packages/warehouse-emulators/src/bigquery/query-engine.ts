import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDbEngine, type EngineAnswer } from '../engine/duckdb-engine.js';
import { NotCoveredError } from '../engine/not-covered.js';
import { isSymbol, isWord, quotedIdentifier, type Token } from '../engine/tokens.js';
import { ApiError, type ErrorProto, protoOf } from './api-error.js';
import { Catalogue, type TableFigures, type TablePlace } from './catalogue.js';
import { macroStatements } from './functions.js';
import type { Job, JobConfiguration } from './job.js';
import { neverRun, type Translated, translate } from './translate.js';

const bytesPerValue = 8;
/** BigQuery bills at least so much for each table that a query reads. */
const leastBilledBytes = 10 * 1024 ** 2;

export interface Examined {
  readonly statementType: string;
  readonly bytes: number;
}

/** Runs the SQL of jobs on DuckDB. */
export class QueryEngine {
  readonly catalogue: Catalogue;
  /** How long every job waits before it begins. */
  slowMs = 0;
  /** Statements that could not be run, with the reason, oldest first. */
  readonly notCovered: string[] = [];
  readonly #failing: ErrorProto[] = [];
  readonly #engine: DuckDbEngine;

  private constructor(engine: DuckDbEngine, project: string) {
    this.#engine = engine;
    this.catalogue = new Catalogue(engine, project);
  }

  static async open(project: string): Promise<QueryEngine> {
    const name = quotedIdentifier(project);
    const engine = await DuckDbEngine.open({
      catalogue: project,
      setup: [...macroStatements(name), `CREATE TYPE ${name}.main.GEOGRAPHY AS VARCHAR`],
      settings: ["SET default_null_order = 'nulls_first_on_asc_last_on_desc'", "SET TimeZone = 'UTC'"],
    });
    return new QueryEngine(engine, project);
  }

  close(): void {
    this.#engine.close();
  }

  /** Runs one statement of GoogleSQL as an owner would, past the API. */
  async run(sql: string, dataset?: string): Promise<EngineAnswer> {
    const translated = this.#translated(sql, dataset);
    if (translated.statementType === 'SELECT') return this.#engine.run(translated.sql, { schema: dataset });
    return this.#change(translated, dataset);
  }

  failNext(times: number, error: ErrorProto): void {
    this.#failing.push(...Array.from({ length: times }, () => error));
  }

  /** What a dry run says. @throws ApiError and what DuckDB says about a statement that cannot run */
  async examine({ query }: JobConfiguration): Promise<Examined> {
    if (query?.useLegacySql !== false) throw new ApiError('invalid', 'only GoogleSQL is covered');
    const dataset = query.defaultDataset?.datasetId;
    const { sql, statementType, tokens } = this.#translated(query.query, dataset);
    if (changes.has(statementType)) return { statementType, bytes: 0 };
    const tables = await this.catalogue.mentioned(tokens, dataset);
    this.catalogue.checkReadable(tables);
    this.#checkFilters(tables, tokens);
    await this.#engine.run(`EXPLAIN ${sql}`, { schema: dataset });
    return { statementType, bytes: tables.reduce((sum, table) => sum + bytesOf(table, tokens), 0) };
  }

  /** Runs a job to its end, whatever that is. */
  async execute(job: Job): Promise<void> {
    const timer = this.#limit(job);
    try {
      await this.#begin(job);
      job.end(await this.#answer(job));
    } catch (error) {
      job.end(this.protoOf(error, job.configuration));
    } finally {
      clearTimeout(timer);
    }
  }

  #placeOf({ query }: JobConfiguration): string {
    return `${this.catalogue.project}:${query?.defaultDataset?.datasetId ?? ''}`;
  }

  #limit(job: Job): NodeJS.Timeout | undefined {
    const milliseconds = Number(job.configuration.jobTimeoutMs ?? Number.NaN);
    if (!(milliseconds > 0)) return undefined;
    const message = `Job execution was cancelled: Job timed out after ${milliseconds / 1000} sec`;
    return setTimeout(() => job.stop(message), milliseconds);
  }

  async #begin(job: Job): Promise<void> {
    if (this.slowMs > 0) await sleep(this.slowMs, undefined, { signal: job.signal });
    job.state = 'RUNNING';
    const failure = this.#failing.shift();
    if (failure) throw new ApiError(failure.reason, failure.message, failure.location);
  }

  async #answer(job: Job): Promise<EngineAnswer> {
    const { query } = job.configuration;
    const { statementType, bytes } = await this.examine(job.configuration);
    Object.assign(job, { statementType, bytes });
    const most = query?.maximumBytesBilled;
    if (most !== undefined && bytes > 0 && Math.max(bytes, leastBilledBytes) > Number(most)) throw tooManyBytes(most);
    const dataset = query?.defaultDataset?.datasetId;
    const translated = this.#translated(query?.query ?? '', dataset);
    if (statementType !== 'SELECT') return this.#change(translated, dataset);
    return this.#engine.run(translated.sql, { schema: dataset, signal: job.signal });
  }

  /** How the service would word an error; what the emulator cannot do is remembered. */
  protoOf(error: unknown, configuration: JobConfiguration): ErrorProto {
    const proto = protoOf(error, this.#placeOf(configuration));
    if (proto.reason === 'notCovered') this.notCovered.push(`${proto.message}: ${configuration.query?.query}`);
    return proto;
  }

  #translated(sql: string, dataset: string | undefined): Translated {
    return translate(sql, (path, at) => this.catalogue.historyOf(path, at, dataset));
  }

  async #change({ sql, statementType, tokens }: Translated, dataset: string | undefined): Promise<EngineAnswer> {
    if (neverRun.has(statementType)) throw new NotCoveredError(statementType);
    const target = changedTable(tokens, dataset);
    if (target && changesRows.has(statementType)) await this.catalogue.keep(target);
    const answer = await this.#engine.run(sql, { schema: dataset });
    if (target) this.catalogue.changed(target);
    return answer;
  }

  /** @throws ApiError for a table that wants a filter over its partitions and a statement that mentions no partition column */
  #checkFilters(tables: readonly TableFigures[], tokens: readonly Token[]): void {
    for (const { dataset, name } of tables) {
      const { timePartitioning, rangePartitioning, requirePartitionFilter } = this.catalogue.factsOf(dataset, name);
      const column = timePartitioning?.field ?? rangePartitioning?.field ?? '_PARTITIONTIME';
      const isRequired = requirePartitionFilter || timePartitioning?.requirePartitionFilter;
      const where = tokens.findIndex(({ value }) => value.toLowerCase() === 'where');
      if (!isRequired || (where >= 0 && tokens.slice(where).some(({ value }) => value === column))) continue;
      throw new ApiError(
        'invalidQuery',
        `Cannot query over table '${dataset}.${name}' without a filter over column(s) '${column}' that can be used for partition elimination`,
        'query',
      );
    }
  }
}

/** Statements that DuckDB does not explain, or would carry out; anything else it is asked about. */
const changes: ReadonlySet<string> = new Set([
  ...neverRun,
  ...['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE_TABLE', 'CREATE_TABLE', 'CREATE_VIEW', 'CREATE_SCHEMA'],
  ...['DROP_TABLE', 'DROP_VIEW', 'DROP_SCHEMA', 'ALTER_TABLE'],
]);

const changesRows: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE_TABLE']);

/** The table after INTO, TABLE, UPDATE or DELETE FROM. */
const changedTable = (tokens: readonly Token[], dataset: string | undefined): TablePlace | undefined => {
  const at = tokens.findIndex((token) => isWord(token, 'into', 'table', 'view', 'update', 'from'));
  const rest = tokens.slice(at + 1).filter((token) => !isWord(token, 'if', 'not', 'exists'));
  const end = rest.findIndex((token, index) => index % 2 === 1 && !isSymbol(token, '.'));
  const path = (end < 0 ? rest : rest.slice(0, end)).filter((_, index) => index % 2 === 0).map(({ value }) => value);
  const [name, place = dataset] = path.toReversed();
  return name === undefined || place === undefined ? undefined : { dataset: place, name };
};

const tooManyBytes = (most: string): ApiError =>
  new ApiError(
    'bytesBilledLimitExceeded',
    `Query exceeded limit for bytes billed: ${most}. ${leastBilledBytes} or higher required.`,
  );

/** Eight bytes for each value of each column that the statement names, or of all for `*`. */
const bytesOf = ({ rows, columns }: TableFigures, tokens: readonly Token[]): number => {
  const names = new Set(tokens.map(({ value }) => value.toLowerCase()));
  const isStar = tokens.some(
    (token, index) =>
      token.value === '*' && (tokens[index - 1]?.value.toLowerCase() === 'select' || tokens[index - 1]?.value === '.'),
  );
  const read = isStar ? columns : columns.filter((column) => names.has(column.toLowerCase()));
  return rows * read.length * bytesPerValue;
};
