import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { type Answer, cancelled, Once, OpenSlots, type Session } from '@aegis/sql/transport';
import type { Call } from './bigquery-client.js';
import { BigQueryClient } from './bigquery-client.js';
import { type DryRun, dryRun, type JobContext, type JobOptions, runJob } from './bigquery-job.js';
import type { ResolvedBigQueryOptions } from './bigquery-options.js';

/** One project as a place where queries run, with a bounded number of them at once. */
export class BigQueryDatabase implements Session {
  readonly options: ResolvedBigQueryOptions;
  readonly #context: JobContext;
  readonly #slots: OpenSlots;
  readonly #connecting = new Once(() => this.examine('SELECT 1'));

  constructor(options: ResolvedBigQueryOptions) {
    this.options = options;
    this.#context = { client: new BigQueryClient(options), options };
    this.#slots = new OpenSlots(options.maxStatements);
  }

  /** Finds out whether the credentials are good for queries: a dry run is free. @throws WarehouseError */
  async connect(): Promise<void> {
    this.#slots.refuseWhenClosed();
    await this.#connecting.get();
  }

  /** The project of names that have none. */
  projectId(): Promise<string> {
    return this.#context.client.projectId();
  }

  /** Refuses whatever BigQuery does not call a SELECT, then runs it. */
  run(sql: string, limit: number, options: StatementOptions = {}): Promise<Answer> {
    return this.#whileOpen(options, async (statement) => {
      refuseAllButQueries(await dryRun(sql, this.#context, statement));
      if (statement.signal.aborted) throw cancelled();
      return runJob(sql, limit, this.#context, statement);
    });
  }

  /** @throws WarehouseError `authorization` for what is no SELECT */
  examine(sql: string, options: StatementOptions = {}): Promise<DryRun> {
    return this.#whileOpen(options, async (statement) => {
      const found = await dryRun(sql, this.#context, statement);
      refuseAllButQueries(found);
      return found;
    });
  }

  /** A call that is no statement. */
  async call<Result>(call: Call): Promise<Result> {
    this.#slots.refuseWhenClosed();
    return this.#context.client.call<Result>(call);
  }

  /** Cancels what is under way. Idempotent. */
  async close(): Promise<void> {
    await this.#slots.close();
  }

  #whileOpen<Result>(options: StatementOptions, task: (options: JobOptions) => Promise<Result>): Promise<Result> {
    return this.#slots.use(options.signal, (signal) => task({ ...options, signal }));
  }
}

/** BigQuery has no read-only connection, but says what a statement is before it runs. */
const refuseAllButQueries = ({ statementType }: DryRun): void => {
  if (statementType === 'SELECT') return;
  throw new WarehouseError('authorization', `only SELECT runs on a read-only warehouse, not ${statementType}`);
};
