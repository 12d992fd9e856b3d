import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { type Answer, Once, OpenSlots, type Session } from '@aegis/sql/transport';
import type { WorkGroup } from '@aws-sdk/client-athena';
import { AthenaClient, type Call } from './athena-client.js';
import { isForbidden } from './athena-errors.js';
import type { ResolvedAthenaOptions } from './athena-options.js';
import { type QueryContext, type QueryOptions, runQuery } from './athena-query.js';
import { refuseAllButQueries } from './athena-read-only.js';

/** One work group as a place where queries run, with a bounded number of them at once. */
export class AthenaDatabase implements Session {
  readonly options: ResolvedAthenaOptions;
  readonly #context: QueryContext;
  readonly #slots: OpenSlots;
  readonly #connecting = new Once(() => this.#examineWorkGroup());

  constructor(options: ResolvedAthenaOptions) {
    this.options = options;
    this.#context = { client: new AthenaClient(options), options };
    this.#slots = new OpenSlots(options.maxStatements);
  }

  /** Finds out whether the credentials are good and the work group takes queries. @throws WarehouseError */
  async connect(): Promise<void> {
    this.#slots.refuseWhenClosed();
    await this.#connecting.get();
  }

  run(sql: string, limit: number, options: StatementOptions = {}): Promise<Answer> {
    return this.#whileOpen(options, async (statement) => {
      refuseAllButQueries(sql);
      return runQuery(sql, limit, this.#context, statement);
    });
  }

  /** What Athena says about a query without running it, `about` being the options of EXPLAIN. */
  explain(about: string, sql: string, options: StatementOptions = {}): Promise<Answer> {
    return this.#whileOpen(options, async (statement) => {
      refuseAllButQueries(sql);
      return runQuery(`EXPLAIN (${about}) ${sql}`, mostLinesOfAPlan, this.#context, statement);
    });
  }

  /** A call that is no statement. */
  async call<Result>(call: Call<Result>, { signal }: StatementOptions = {}): Promise<Result> {
    this.#slots.refuseWhenClosed();
    return this.#context.client.call(call, signal);
  }

  /** Stops what is under way. Idempotent. */
  async close(): Promise<void> {
    await this.#slots.close();
    this.#context.client.close();
  }

  async #examineWorkGroup(): Promise<void> {
    const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena');
    const command = new GetWorkGroupCommand({ WorkGroup: this.options.workGroup });
    const found = await this.call(({ athena }, given) => athena.send(command, given)).catch(unlessForbidden);
    if (found?.WorkGroup) refuseUnusable(found.WorkGroup, this.options);
  }

  #whileOpen<Result>(options: StatementOptions, task: (options: QueryOptions) => Promise<Result>): Promise<Result> {
    return this.#slots.use(options.signal, (signal) => task({ ...options, signal }));
  }
}

const mostLinesOfAPlan = 100_000;

/** Who may run queries need not be allowed to look at the work group. */
const unlessForbidden = (error: unknown): undefined => {
  if (error instanceof WarehouseError && isForbidden(error.cause)) return;
  throw error;
};

/** @throws WarehouseError for a work group that runs no query */
const refuseUnusable = ({ Name, State, Configuration }: WorkGroup, { outputLocation }: ResolvedAthenaOptions): void => {
  if (State === 'DISABLED') throw new WarehouseError('authorization', `the work group ${Name} is disabled`);
  const { ResultConfiguration, ManagedQueryResultsConfiguration } = Configuration ?? {};
  const hasPlace = ResultConfiguration?.OutputLocation || ManagedQueryResultsConfiguration?.Enabled;
  if (outputLocation !== undefined || hasPlace) return;
  throw new WarehouseError('unsupported', `the work group ${Name} has no output location, and none was given`, {
    hint: 'Set outputLocation: s3://bucket/prefix/, or that of the work group.',
  });
};
