import { type StatementOptions, WarehouseError } from '@aegis/spec';
import type { Session } from '@aegis/sql/transport';
import { Slots } from '@aegis/sql/transport';
import type { Client } from 'pg';
import type { Frame, PostgresDatabase } from './postgres-database.js';
import { warehouseError } from './postgres-errors.js';
import type { Answer } from './postgres-statement.js';

/** One error aborts a transaction in PostgreSQL; a savepoint around each statement keeps it to itself. */
const toSavepoint = 'ROLLBACK TO SAVEPOINT aegis; RELEASE SAVEPOINT aegis';
const savepointFrame: Frame = { begin: 'SAVEPOINT aegis', onSuccess: toSavepoint, onError: toSavepoint };
const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * One state, in read transactions on connections of their own: the first exports its snapshot, and others take it over
 * when statements come at the same time. A connection that breaks leaves the state to the others.
 */
export class ReadTransaction implements Session {
  readonly #database: PostgresDatabase;
  #snapshotId: string;
  #restarting: Promise<void> | undefined;
  /** Until the first answer, another state is as good. */
  #hasAnswered = false;
  readonly #queue: Slots;
  readonly #members: Set<Client>;
  readonly #idle: Client[];
  readonly #waiting: ((client: Client | undefined) => void)[] = [];
  #released = false;
  #mayGrow = true;

  private constructor(database: PostgresDatabase, first: Client, snapshotId: string, most: number) {
    this.#database = database;
    this.#snapshotId = snapshotId;
    this.#members = new Set([first]);
    this.#idle = [first];
    this.#queue = new Slots(most);
  }

  /** `most`: connections at once, the first included. */
  static async begin(database: PostgresDatabase, most: number): Promise<ReadTransaction> {
    const { client, id } = await firstOf(database);
    return new ReadTransaction(database, client, id, most);
  }

  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    return this.#queue.use(options?.signal, async () => {
      const client = await this.#borrow();
      try {
        const answer = await this.#database.runOn(client, sql, limit, savepointFrame, options);
        this.#hasAnswered = true;
        return answer;
      } finally {
        await this.#giveBack(client);
      }
    });
  }

  /** Waits for what is under way. Idempotent. */
  async release(): Promise<void> {
    this.#released = true;
    await this.#queue.drained();
    await Promise.all([...this.#members].map((client) => this.#database.disconnect(client)));
  }

  /** An idle connection, else another one, else the next that is given back. */
  async #borrow(): Promise<Client> {
    if (this.#released) throw new WarehouseError('connection', 'the snapshot was released');
    if (this.#members.size === 0 && !this.#hasAnswered) await this.#restarted();
    const client = this.#idle.pop() ?? (await this.#join()) ?? (await this.#nextIdle());
    if (client) return client;
    throw new WarehouseError('connection', 'the connection that held the state of the tables was lost', {
      hint: 'Run again; the rules would otherwise be judged on different states.',
    });
  }

  /** Takes the state of now when the former was lost before anybody saw it. */
  #restarted(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async #restart(): Promise<void> {
    const { client, id } = await firstOf(this.#database);
    this.#snapshotId = id;
    this.#mayGrow = true;
    this.#members.add(client);
    this.#idle.push(client);
  }

  /** `undefined` where the server gives no other connection, or none with this state. */
  async #join(): Promise<Client | undefined> {
    if (!this.#mayGrow || this.#members.size === 0) return undefined;
    const client = await this.#database.connect().catch(() => undefined);
    try {
      await client?.query(`${begin}; SET TRANSACTION SNAPSHOT '${this.#snapshotId}'`);
      if (client) this.#members.add(client);
    } catch {
      this.#mayGrow = false;
      if (client) await this.#database.disconnect(client);
      return undefined;
    }
    this.#mayGrow = client !== undefined;
    return client;
  }

  #nextIdle(): Promise<Client | undefined> {
    const idle = this.#idle.pop();
    if (idle || this.#members.size === 0) return Promise.resolve(idle);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  async #giveBack(client: Client): Promise<void> {
    if (this.#database.isUsable(client)) {
      const next = this.#waiting.shift();
      if (next) next(client);
      else this.#idle.push(client);
      return;
    }
    this.#members.delete(client);
    await this.#database.disconnect(client);
    if (this.#members.size === 0) for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }
}

/** A connection in a transaction whose state others can take over. */
const firstOf = async (database: PostgresDatabase): Promise<{ readonly client: Client; readonly id: string }> => {
  const client = await database.connect();
  try {
    await client.query(begin);
    // The state is that of the first query, which this is.
    const { rows } = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
    return { client, id: rows[0]?.id ?? '' };
  } catch (cause) {
    await database.disconnect(client);
    throw warehouseError(cause);
  }
};
