import { LoopbackEmulator, type RequestFault } from '../engine/loopback-emulator.js';
import type { Reply, Request } from '../engine/loopback-server.js';
import type { Connector, TableFacts } from './catalogue.js';
import { type Credentials, Gate } from './credentials.js';
import type { Query, QuerySession, QueryState } from './query.js';
import { QueryEngine } from './query-engine.js';
import { type ErrorType, failure } from './query-error.js';
import { StatementService } from './statement-service.js';

export interface TrinoEmulatorOptions extends Credentials {
  /** Name of the one catalogue that there is. Default `emulated`. */
  readonly catalog?: string;
  /** What the catalogue plays: `iceberg` (the default) has versions of tables and `$partitions`, `hive` has `$partitions` only. */
  readonly connector?: Connector;
  /** Schemas that exist from the beginning. */
  readonly schemas?: readonly string[];
}

/** A query as the emulator saw it. */
export interface SeenQuery {
  readonly id: string;
  readonly sql: string;
  readonly session: QuerySession;
  readonly state: QueryState;
  readonly isCancelRequested: boolean;
  /** Name of its error. */
  readonly errorName: string | undefined;
}

/**
 * A server on loopback that speaks Trino's statement protocol and runs its SQL on DuckDB, for tests. What it does not run
 * fails with the error `NOT_COVERED_BY_THE_EMULATOR`. Requests are named `METHOD /path`. Close it when the test is over.
 */
export class TrinoEmulator extends LoopbackEmulator {
  readonly catalog: string;
  protected readonly faulted = /./;
  readonly #engine: QueryEngine;
  readonly #service: StatementService;
  readonly #gate: Gate;

  private constructor(engine: QueryEngine, service: StatementService, gate: Gate) {
    super();
    this.catalog = engine.catalogue.name;
    this.#engine = engine;
    this.#service = service;
    this.#gate = gate;
  }

  static async open(options: TrinoEmulatorOptions = {}): Promise<TrinoEmulator> {
    const { catalog = 'emulated', connector = 'iceberg', schemas = [] } = options;
    const engine = await QueryEngine.open(catalog, connector);
    for (const schema of schemas) await engine.catalogue.createSchema(schema);
    const service = new StatementService(engine);
    const gate = new Gate(options);
    const answer = async (request: Request): Promise<Reply> => gate.refusal(request) ?? service.answer(request);
    const emulator = new TrinoEmulator(engine, service, gate);
    await emulator.listen(answer);
    return emulator;
  }

  /** Queries, oldest first, also those that begin and end transactions. */
  get queries(): readonly SeenQuery[] {
    return this.#service.queries.map(seen);
  }

  /** Statements that were asked for and not run, with the reason: parsed, not executed. */
  get notCovered(): readonly string[] {
    return this.#engine.notCovered;
  }

  /** How many transactions were begun and not ended. */
  get openTransactions(): number {
    return this.#engine.transactions.size;
  }

  createSchema(schema: string): Promise<void> {
    return this.#engine.catalogue.createSchema(schema);
  }

  /** Runs one statement past the protocol, to make and fill tables. `schema` is that of names without one. */
  async run(sql: string, schema?: string): Promise<void> {
    await this.#engine.run(sql, schema);
  }

  /** Gives a table partitions, or refuses to have it read. */
  setTable(schema: string, name: string, facts: TableFacts): void {
    this.#engine.catalogue.setFacts({ schema, name }, facts);
  }

  /** Answers with 429, and says when to come back. */
  throttle(fault: RequestFault, retryAfterSeconds = 0): void {
    const headers = { 'retry-after': String(retryAfterSeconds) };
    this.fault(fault, { status: 429, headers, body: 'Too Many Requests' });
  }

  /** Ends queries with an error instead of running them. */
  failQueries({ times }: { readonly times: number }, errorName: string, message = errorName, type?: ErrorType): void {
    this.#engine.failNext(times, failure(errorName, message, type));
  }

  /** Every token is refused from now on with 401. */
  expireTokens(): void {
    this.#gate.expireTokens();
  }

  /** Forgets all transactions, as Trino does with idle ones. */
  expireTransactions(): void {
    this.#engine.transactions.expire();
  }

  /** Pages have at most so many rows. */
  setPageRows(rows: number): void {
    this.#service.pageRows = rows;
  }

  /** Queries stay queued for so long before they run. */
  setQueryDelay(milliseconds: number): void {
    this.#engine.slowMs = milliseconds;
  }

  /** Has the pages of answers point to another origin, as behind a proxy that is not configured. */
  setPublicOrigin(origin: string | undefined): void {
    this.#service.publicOrigin = origin;
  }

  async close(): Promise<void> {
    for (const query of this.#service.queries) query.stop('SERVER_SHUTTING_DOWN', 'the emulator was closed');
    await this.stopListening();
    this.#engine.close();
  }
}

const seen = ({ id, sql, session, state, isCancelRequested, failure: error }: Query): SeenQuery => ({
  id,
  sql,
  session,
  state,
  isCancelRequested,
  errorName: error?.errorName,
});
