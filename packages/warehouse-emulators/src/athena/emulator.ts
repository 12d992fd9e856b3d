import { LoopbackEmulator, type RequestFault } from '../engine/loopback-emulator.js';
import type { Reply, Request } from '../engine/loopback-server.js';
import { ApiError, errorReply } from './api-error.js';
import { AthenaApi, type WorkGroupFacts } from './athena-api.js';
import type { TableFacts } from './catalogue.js';
import type { Execution, StartRequest, State } from './execution.js';
import { GlueApi } from './glue-api.js';
import { QueryEngine } from './query-engine.js';
import { type Credentials, TokenService } from './token-service.js';

export interface AthenaEmulatorOptions {
  /** Databases that exist from the beginning, besides `default`. */
  readonly databases?: readonly string[];
}

/** A query as the emulator saw it. */
export interface SeenQuery {
  readonly id: string;
  readonly request: StartRequest;
  readonly state: State;
  /** Whether `StopQueryExecution` was called for it. */
  readonly isStopRequested: boolean;
  /** Why it did not succeed. */
  readonly reason: string | undefined;
}

/**
 * A server on loopback that speaks the APIs of Athena, the Glue Data Catalog and `AssumeRole` of STS, and runs Athena's
 * SQL on DuckDB, for tests. Queries that it does not run fail with `NOT_COVERED`. Requests are named by service and
 * operation: `Athena.StartQueryExecution`, `Glue.GetTable`, `STS.AssumeRole`. Close it when the test is over.
 */
export class AthenaEmulator extends LoopbackEmulator {
  readonly region = 'us-east-1';
  protected readonly faulted = /^(Athena|Glue)\./;
  readonly #engine: QueryEngine;
  readonly #athena: AthenaApi;
  readonly #glue: GlueApi;
  readonly #tokens = new TokenService();

  private constructor(engine: QueryEngine) {
    super();
    this.#engine = engine;
    this.#athena = new AthenaApi(engine);
    this.#glue = new GlueApi(engine.catalogue);
  }

  static async open({ databases = [] }: AthenaEmulatorOptions = {}): Promise<AthenaEmulator> {
    const emulator = new AthenaEmulator(await QueryEngine.open());
    for (const database of ['default', ...databases]) await emulator.createDatabase(database);
    await emulator.listen((request) => emulator.#answer(request), nameOf);
    return emulator;
  }

  /** An access key that does not expire. */
  get credentials(): Credentials {
    return this.#tokens.lasting;
  }

  /** New credentials with a session token, which `expireTokens` ends. */
  temporaryCredentials(): Required<Credentials> {
    return this.#tokens.temporary();
  }

  /** ARNs of roles that were assumed, oldest first. */
  get assumedRoles(): readonly string[] {
    return this.#tokens.assumed;
  }

  /** Queries, oldest first. */
  get queries(): readonly SeenQuery[] {
    return [...this.#athena.executions.values()].map(seen);
  }

  /** Statements that were asked for and not run, with the reason: parsed, not executed. */
  get notCovered(): readonly string[] {
    return this.#engine.notCovered;
  }

  createDatabase(database: string): Promise<void> {
    return this.#engine.catalogue.createDatabase(database);
  }

  /** Runs one statement of Athena past the API, to make and fill tables. `database` is that of names without one. */
  async run(sql: string, database = 'default'): Promise<void> {
    await this.#engine.run(sql, database);
  }

  /** Gives a table another format, partition keys or parameters in Glue. Conditions that injected keys require are asked for. */
  setTable(database: string, name: string, facts: TableFacts): void {
    this.#engine.catalogue.setFacts({ database, name }, facts);
  }

  /** Refuses a table in Glue and in queries. */
  forbidTable(database: string, name: string): void {
    this.#engine.catalogue.forbid({ database, name });
  }

  /** Refuses to let anybody assume a role. */
  forbidRole(arn: string): void {
    this.#tokens.forbidden.add(arn);
  }

  setWorkGroup(name: string, facts: WorkGroupFacts): void {
    this.#athena.workGroups.set(name, facts);
  }

  /** Answers with `TooManyRequestsException`, or another error of the API. */
  throttle(fault: RequestFault, type = 'TooManyRequestsException'): void {
    const members = { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' };
    this.fault(fault, errorReply(new ApiError(type, 'Rate exceeded', members)));
  }

  /** Refuses requests with `AccessDeniedException`. */
  forbidRequests(fault: RequestFault): void {
    const message = 'User: arn:aws:iam::123456789012:user/reader is not authorized to perform this operation';
    this.fault(fault, errorReply(new ApiError('AccessDeniedException', message)));
  }

  /** Ends queries without running them: as `FAILED`, or as `CANCELLED`. */
  failQueries(
    { times }: { readonly times: number },
    reason: string,
    {
      state = 'FAILED',
      isRetryable = false,
    }: { readonly state?: 'FAILED' | 'CANCELLED'; readonly isRetryable?: boolean } = {},
  ): void {
    this.#engine.failNext(times, { state, reason, isRetryable });
  }

  /** Every session token that was given is refused from now on with `ExpiredTokenException`. */
  expireTokens(): void {
    this.#tokens.expireAll();
  }

  /** New credentials of roles are good for so long. */
  setTokenLifetime(seconds: number): void {
    this.#tokens.lifetimeSeconds = seconds;
  }

  /** Pages have at most so many rows, the one with the names included, whatever is asked for. */
  setPageRows(rows: number): void {
    this.#athena.pageRows = rows;
  }

  /** Queries stay queued for so long before they run. */
  setQueryDelay(milliseconds: number): void {
    this.#engine.slowMs = milliseconds;
  }

  async close(): Promise<void> {
    for (const execution of this.#athena.executions.values()) execution.stop('the emulator was closed');
    await this.stopListening();
    this.#engine.close();
  }

  async #answer(request: Request): Promise<Reply> {
    const [service, operation = ''] = nameOf(request).split('.');
    try {
      this.#tokens.check(request);
      if (service === 'STS') return this.#tokens.assume(new URLSearchParams(request.body));
      const api = service === 'Glue' ? this.#glue : this.#athena;
      const body = await api.answer(operation, JSON.parse(request.body) as object);
      return { headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
    } catch (error) {
      const refusal =
        error instanceof ApiError ? error : new ApiError('InternalServerException', String(error), {}, 500);
      return service === 'STS' ? this.#tokens.refusal(refusal) : errorReply(refusal);
    }
  }
}

const services: { readonly [target: string]: string } = { AmazonAthena: 'Athena', AWSGlue: 'Glue' };

/** `Athena.StartQueryExecution` from the header that names the operation; STS names it in the body. */
const nameOf = ({ headers, body }: Request): string => {
  const [target = '', operation] = String(headers['x-amz-target'] ?? '').split('.');
  return operation === undefined
    ? `STS.${new URLSearchParams(body).get('Action')}`
    : `${services[target]}.${operation}`;
};

const seen = ({ id, request, state, isStopRequested, failure }: Execution): SeenQuery => ({
  id,
  request,
  state,
  isStopRequested,
  reason: failure?.reason,
});
