import type { StatementOptions } from '@aegis/spec';
import { Once, OpenSlots } from '@aegis/sql/transport';
import { TrinoClient } from './trino-client.js';
import { Ending } from './trino-ending.js';
import type { ResolvedTrinoOptions } from './trino-options.js';
import type { TrinoSession } from './trino-session.js';
import { type Answer, runStatement } from './trino-statement.js';
import { ReadOnlyTransactions } from './trino-transactions.js';

/** One cluster as a place where queries run, with a bounded number of them at once. */
export class TrinoDatabase implements TrinoSession {
  readonly options: ResolvedTrinoOptions;
  readonly #client: TrinoClient;
  readonly #transactions: ReadOnlyTransactions;
  readonly #slots: OpenSlots;
  readonly #connecting = new Once(() => this.run('SELECT 1', 1));

  constructor(options: ResolvedTrinoOptions) {
    this.options = options;
    this.#client = new TrinoClient(options);
    this.#transactions = new ReadOnlyTransactions(this.#client);
    this.#slots = new OpenSlots(options.maxStatements);
  }

  /** Finds out whether the server answers and takes the credentials. @throws WarehouseError */
  async connect(): Promise<void> {
    this.#slots.refuseWhenClosed();
    await this.#connecting.get();
  }

  run(sql: string, limit: number, options: StatementOptions = {}): Promise<Answer> {
    return this.#slots.use(options.signal, async (signal) => {
      const ending = new Ending({ signal, timeoutMs: options.timeoutMs });
      try {
        ending.check();
        return await this.#runUntil(ending, sql, limit, options);
      } catch (error) {
        throw ending.told(error);
      } finally {
        ending.release();
      }
    });
  }

  #runUntil(ending: Ending, sql: string, limit: number, options: StatementOptions): Promise<Answer> {
    const context = { client: this.#client, ending };
    if (!this.options.readOnlyTransactions) return runStatement(sql, limit, context, options);
    return this.#transactions.use(ending, (transactionId) =>
      runStatement(sql, limit, { ...context, transactionId }, options),
    );
  }

  /** Ends what is under way. Idempotent. */
  async close(): Promise<void> {
    if (this.#slots.isClosed) return;
    await this.#slots.close();
    await this.#transactions.close();
    await this.#client.close();
  }
}
