import { type StatementOptions, WarehouseError } from '@aegis/spec';
import type { Session } from '@aegis/sql/transport';
import { Slots } from '@aegis/sql/transport';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckDbDatabase } from './duckdb-database.js';
import type { Answer } from './duckdb-rows.js';

/** A read transaction on a connection of its own; its statements queue. */
export class ReadTransaction implements Session {
  readonly #database: DuckDbDatabase;
  readonly #connection: DuckDBConnection;
  readonly #queue = new Slots(1);
  #released = false;

  private constructor(database: DuckDbDatabase, connection: DuckDBConnection) {
    this.#database = database;
    this.#connection = connection;
  }

  static async begin(database: DuckDbDatabase): Promise<ReadTransaction> {
    const transaction = new ReadTransaction(database, await database.connect());
    await transaction.#begin();
    return transaction;
  }

  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    return this.#queue.use(options?.signal, async () => {
      if (this.#released) throw new WarehouseError('connection', 'the snapshot was released');
      return this.#database.runOn(this.#connection, () => this.#beginAgain(), sql, limit, options);
    });
  }

  /** Waits for what is under way. Idempotent. */
  async release(): Promise<void> {
    this.#released = true;
    await this.#queue.drained();
    this.#database.disconnect(this.#connection);
  }

  async #begin(): Promise<void> {
    await this.#connection.run('BEGIN TRANSACTION READ ONLY');
  }

  /**
   * DuckDB has no savepoints, and an error while executing spoils the transaction, as does an answer that was cut off. A
   * new one over a file that is open read-only sees the same state: no process can write to it meanwhile.
   */
  async #beginAgain(): Promise<void> {
    // It may have been rolled back already.
    await this.#connection.run('ROLLBACK').catch(() => {});
    await this.#begin();
  }
}
