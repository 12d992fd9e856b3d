import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { Slots } from '@aegis/sql/transport';
import type { Client } from 'pg';
import type { Frame, PostgresDatabase } from './postgres-database.js';
import { warehouseError } from './postgres-errors.js';
import type { PostgresSession } from './postgres-session.js';
import type { Answer } from './postgres-statement.js';

/** One error aborts a transaction in PostgreSQL; a savepoint around each statement keeps it to itself. */
const toSavepoint = 'ROLLBACK TO SAVEPOINT aegis; RELEASE SAVEPOINT aegis';
const savepointFrame: Frame = { begin: 'SAVEPOINT aegis', onSuccess: toSavepoint, onError: toSavepoint };

/** A read transaction on a connection of its own; its statements queue. */
export class ReadTransaction implements PostgresSession {
  readonly #database: PostgresDatabase;
  readonly #client: Client;
  readonly #queue = new Slots(1);
  #released = false;

  private constructor(database: PostgresDatabase, client: Client) {
    this.#database = database;
    this.#client = client;
  }

  static async begin(database: PostgresDatabase): Promise<ReadTransaction> {
    const client = await database.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // The state is that of the first query.
      await client.query('SELECT 1');
    } catch (cause) {
      await database.disconnect(client);
      throw warehouseError(cause);
    }
    return new ReadTransaction(database, client);
  }

  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    return this.#queue.use(options?.signal, async () => {
      if (this.#released) throw new WarehouseError('connection', 'the snapshot was released');
      return this.#database.runOn(this.#client, sql, limit, savepointFrame, options);
    });
  }

  /** Waits for what is under way. Idempotent. */
  async release(): Promise<void> {
    this.#released = true;
    await this.#queue.drained();
    await this.#database.disconnect(this.#client);
  }
}
