import { WarehouseError } from '@aegis/spec';
import type { TrinoClient } from './trino-client.js';
import { Ending } from './trino-ending.js';
import { isLostTransaction } from './trino-errors.js';
import { beginTransaction, runStatement } from './trino-statement.js';

interface Transaction {
  readonly id: string;
  readonly begun: number;
}

/** Connectors remember what they read of a table as long as a transaction lasts. */
const longestUseMs = 10_000;
const closingMs = 5_000;

/**
 * READ ONLY transactions, in which Trino refuses every write. A statement has one to itself while it runs; one that failed
 * takes its transaction with it.
 */
export class ReadOnlyTransactions {
  readonly #client: TrinoClient;
  readonly #idle: Transaction[] = [];
  readonly #ending = new Set<Promise<void>>();

  constructor(client: TrinoClient) {
    this.#client = client;
  }

  /** Runs a task in a transaction; once more in a new one where the server has forgotten the old one. */
  async use<Result>(ending: Ending, task: (transactionId: string) => Promise<Result>): Promise<Result> {
    const known = this.#takeIdle();
    try {
      return await this.#in(known ?? (await this.#begin(ending)), task);
    } catch (error) {
      if (known === undefined || !isLostTransaction(error)) throw error;
      return this.#in(await this.#begin(ending), task);
    }
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const transaction of this.#idle.splice(0)) this.#rollBack(transaction);
    await Promise.all(this.#ending);
  }

  async #in<Result>(transaction: Transaction, task: (transactionId: string) => Promise<Result>): Promise<Result> {
    try {
      const result = await task(transaction.id);
      this.#idle.push(transaction);
      return result;
    } catch (error) {
      if (!isLostTransaction(error)) this.#rollBack(transaction);
      throw error;
    }
  }

  #takeIdle(): Transaction | undefined {
    const oldest = performance.now() - longestUseMs;
    for (const old of this.#idle.filter(({ begun }) => begun < oldest)) {
      this.#idle.splice(this.#idle.indexOf(old), 1);
      this.#rollBack(old);
    }
    return this.#idle.pop();
  }

  async #begin(ending: Ending): Promise<Transaction> {
    const begun = performance.now();
    const id = await beginTransaction({ client: this.#client, ending });
    if (id !== 'NONE') return { id, begun };
    throw new WarehouseError('unsupported', 'the server began no transaction', {
      hint: 'A proxy may have removed the header X-Trino-Started-Transaction-Id; else set readOnlyTransactions: false.',
    });
  }

  /** Not waited for: what it gives is no business of a statement. */
  #rollBack({ id }: Transaction): void {
    const ending = new Ending({ signal: AbortSignal.timeout(closingMs) });
    const work = runStatement('ROLLBACK', 0, { client: this.#client, ending, transactionId: id })
      .then(() => {})
      .catch(() => {})
      .finally(() => {
        ending.release();
        this.#ending.delete(work);
      });
    this.#ending.add(work);
  }
}
