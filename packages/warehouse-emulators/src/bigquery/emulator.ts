import { LoopbackEmulator, type RequestFault } from '../engine/loopback-emulator.js';
import type { Reply, Request } from '../engine/loopback-server.js';
import { BigQueryApi } from './api.js';
import { ApiError, errorReply } from './api-error.js';
import type { TableFacts } from './catalogue.js';
import type { Job, JobConfiguration, JobState } from './job.js';
import { QueryEngine } from './query-engine.js';
import { TokenService } from './token-service.js';

export interface BigQueryEmulatorOptions {
  /** Id of the one project that there is. Default `emulated-project`. */
  readonly project?: string;
  /** Datasets that exist from the beginning. Others are made by `datasets.insert` or `createDataset`. */
  readonly datasets?: readonly string[];
}

/** A query job as the emulator saw it. */
export interface SeenJob {
  readonly id: string;
  readonly configuration: JobConfiguration;
  readonly state: JobState;
  /** Whether `jobs.cancel` was called for it. */
  readonly isCancelRequested: boolean;
  /** Reason of its error. */
  readonly reason: string | undefined;
}

/**
 * A server on loopback that speaks the BigQuery API v2 and runs GoogleSQL on DuckDB, for tests. What it does not run
 * answers with the reason `notCovered`. Requests are named `METHOD /path`. Close it when the test is over.
 */
export class BigQueryEmulator extends LoopbackEmulator {
  readonly project: string;
  protected readonly faulted = /^\w+ \/bigquery\/v2\//;
  readonly #engine: QueryEngine;
  readonly #api: BigQueryApi;
  readonly #tokens = new TokenService();

  private constructor(engine: QueryEngine, project: string) {
    super();
    this.project = project;
    this.#engine = engine;
    this.#api = new BigQueryApi(engine);
  }

  static async open({
    project = 'emulated-project',
    datasets = [],
  }: BigQueryEmulatorOptions = {}): Promise<BigQueryEmulator> {
    const emulator = new BigQueryEmulator(await QueryEngine.open(project), project);
    for (const dataset of datasets) await emulator.createDataset(dataset);
    await emulator.listen((request) => emulator.#answer(request));
    return emulator;
  }

  /** What a credentials file holds for this server: an external account whose tokens come from it. */
  get credentials(): object {
    return this.#tokens.credentials(this.url);
  }

  /** How many tokens were given so far. */
  get tokensGiven(): number {
    return this.#tokens.given;
  }

  /** Query jobs, oldest first. */
  get jobs(): readonly SeenJob[] {
    return [...this.#api.jobs.values()].map(seen);
  }

  /** Statements that were asked for and not run, with the reason: parsed, not executed. */
  get notCovered(): readonly string[] {
    return this.#engine.notCovered;
  }

  createDataset(dataset: string): Promise<void> {
    return this.#engine.catalogue.createDataset(dataset);
  }

  /** Runs one statement of GoogleSQL past the API, to make and fill tables. `dataset` is that of names without one. */
  async run(sql: string, dataset?: string): Promise<void> {
    await this.#engine.run(sql, dataset);
  }

  /** Gives a table partitions, clusters, a streaming buffer or another kind. Partition filters that it requires are asked for. */
  setTable(dataset: string, table: string, facts: TableFacts): void {
    this.#engine.catalogue.setFacts(dataset, table, facts);
  }

  /** Gives a table row access policies: they are listed and forbid time travel, but hide no rows. */
  setRowAccessPolicies(dataset: string, table: string, policies: readonly string[]): void {
    this.#engine.catalogue.setPolicies(dataset, table, policies);
  }

  /** Refuses queries over a table with `accessDenied`. */
  forbidTable(dataset: string, table: string): void {
    this.#engine.catalogue.forbid(dataset, table);
  }

  /** Answers with 403 `rateLimitExceeded`, or another reason of the API. */
  throttle(fault: RequestFault, reason = 'rateLimitExceeded'): void {
    const message =
      reason === 'rateLimitExceeded' ? 'Exceeded rate limits: too many requests' : `Quota exceeded: ${reason}`;
    this.fault(fault, errorReply({ reason, message }));
  }

  /** Ends jobs with an error instead of running them. */
  failQueries({ times }: { readonly times: number }, reason: string, message = reason): void {
    this.#engine.failNext(times, { reason, message });
  }

  /** Every token that was given is refused from now on with 401. */
  expireTokens(): void {
    this.#tokens.expireAll();
  }

  /** New tokens are good for so long. */
  setTokenLifetime(seconds: number): void {
    this.#tokens.lifetimeSeconds = seconds;
  }

  /** Pages have at most so many rows, whatever is asked for. */
  setPageRows(rows: number): void {
    this.#api.pageRows = rows;
  }

  /** Jobs stay pending for so long before they run. */
  setQueryDelay(milliseconds: number): void {
    this.#engine.slowMs = milliseconds;
  }

  async close(): Promise<void> {
    for (const job of this.#api.jobs.values()) job.stop('the emulator was closed');
    await this.stopListening();
    this.#engine.close();
  }

  async #answer(request: Request): Promise<Reply> {
    const token = this.#tokens.answer(request);
    if (token) return token;
    if (this.#tokens.callerOf(request) === undefined) return errorReply(unauthenticated.proto);
    return this.#api.answer(request);
  }
}

const unauthenticated = new ApiError(
  'authError',
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
);

const seen = ({ id, configuration, state, isCancelRequested, error }: Job): SeenJob => ({
  id,
  configuration,
  state,
  isCancelRequested,
  reason: error?.reason,
});
