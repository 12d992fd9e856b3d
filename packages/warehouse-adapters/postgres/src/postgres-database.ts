import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { cancelled, labelled, OpenSlots, Room, timedOut } from '@aegis/sql/transport';
import type { Client, ClientConfig, Pool, PoolClient } from 'pg';
import { Cancellation } from './postgres-cancellation.js';
import { clientConfig, prefersPlain, settingsSql } from './postgres-connection.js';
import { warehouseError } from './postgres-errors.js';
import { refuseLargeMessages } from './postgres-message-size.js';
import type { ResolvedPostgresOptions } from './postgres-options.js';
import { type Answer, type PostgresDriver, readRows, refuseAllButQueries } from './postgres-statement.js';

/** What stands around a statement: its transaction or its savepoint. */
export interface Frame {
  readonly begin: string;
  readonly onSuccess: string;
  readonly onError: string;
}

/** Rolled back in any case, so that a setting that a query changed does not outlive it. */
const readOnlyFrame: Frame = { begin: 'BEGIN READ ONLY', onSuccess: 'ROLLBACK', onError: 'ROLLBACK' };
const readWriteFrame: Frame = { begin: 'BEGIN', onSuccess: 'COMMIT', onError: 'ROLLBACK' };

/** One database of a server: its connections and the queue in front of them. */
export class PostgresDatabase {
  readonly #driver: PostgresDriver;
  readonly #options: ResolvedPostgresOptions;
  readonly #config: ClientConfig;
  readonly #pool: Pool;
  readonly #slots: OpenSlots;
  /** Connections outside of the pool. */
  readonly #own = new Set<Client>();
  readonly #processes = new WeakMap<Client, number>();
  readonly #unusable = new WeakSet<Client>();

  private constructor(driver: PostgresDriver, options: ResolvedPostgresOptions, config: ClientConfig) {
    this.#driver = driver;
    this.#options = options;
    this.#config = config;
    this.#slots = new OpenSlots(options.maxConnections);
    this.#pool = new driver.Pool({
      ...config,
      max: options.maxConnections,
      allowExitOnIdle: true,
      onConnect: (client) => this.#prepare(client as Client),
    });
    // A connection that breaks while it is idle leaves the pool by itself.
    this.#pool.on('error', () => {});
  }

  /** @throws WarehouseError when no connection can be made */
  static async open(options: ResolvedPostgresOptions): Promise<PostgresDatabase> {
    // A process that never connects never loads the driver.
    const { default: driver } = await import('pg');
    const config = await clientConfig(options);
    try {
      return await PostgresDatabase.#tried(driver, options, config);
    } catch (error) {
      if (!prefersPlain(options, error)) throw error;
      return PostgresDatabase.#tried(driver, options, { ...config, ssl: false });
    }
  }

  static async #tried(driver: PostgresDriver, options: ResolvedPostgresOptions, config: ClientConfig) {
    const database = new PostgresDatabase(driver, options, config);
    try {
      await database.run('SELECT 1', 1);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Runs a statement in a transaction of its own on any free connection; waits while all are busy. */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    return this.#slots.use(options?.signal, async () => {
      const client = await this.#borrow();
      try {
        const frame = this.#options.access === 'read_only' ? readOnlyFrame : readWriteFrame;
        return await this.runOn(client, sql, limit, frame, options);
      } finally {
        client.release(this.#unusable.has(client));
      }
    });
  }

  /** Runs a statement in a frame on a given connection. */
  async runOn(client: Client, sql: string, limit: number, frame: Frame, options: StatementOptions = {}) {
    if (this.#options.access === 'read_only') refuseAllButQueries(sql);
    const signal = this.#slots.until(options.signal);
    const started = performance.now();
    try {
      const answer = await this.#framed(client, labelled(sql, options.label), limit, frame, { ...options, signal });
      options.onStatement?.({ sql, durationMs: performance.now() - started });
      return answer;
    } catch (cause) {
      throw endedBy(warehouseError(cause), signal, options.timeoutMs, performance.now() - started);
    }
  }

  /** Whether a transaction or savepoint on it can still be ended. */
  isUsable(client: Client): boolean {
    return !this.#unusable.has(client);
  }

  /** A connection of the caller's own, to be given to {@link disconnect}. */
  async connect(): Promise<Client> {
    this.#slots.refuseWhenClosed();
    const client = await this.#connected();
    this.#own.add(client);
    return client;
  }

  async disconnect(client: Client): Promise<void> {
    if (this.#own.delete(client)) await client.end().catch(() => {});
  }

  /** Ends what is under way, then the connections. Idempotent. */
  async close(): Promise<void> {
    if (this.#slots.isClosed) return;
    await this.#slots.close();
    await Promise.all([...this.#own].map((client) => this.disconnect(client)));
    await this.#pool.end();
  }

  #borrow(): Promise<PoolClient> {
    return this.#pool.connect().catch((cause: unknown) => {
      throw warehouseError(cause);
    });
  }

  async #connected(): Promise<Client> {
    const client = new this.#driver.Client(this.#config);
    try {
      await client.connect();
      await this.#prepare(client);
      return client;
    } catch (cause) {
      await client.end().catch(() => {});
      throw warehouseError(cause);
    }
  }

  async #prepare(client: Client): Promise<void> {
    // A connection that breaks between two statements is noticed by the next; unheard, the event would end the process.
    client.on('error', () => {});
    refuseLargeMessages(client.connection.stream);
    await client.query(settingsSql(this.#options));
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    if (rows[0]) this.#processes.set(client, rows[0].pid);
  }

  async #framed(client: Client, sql: string, limit: number, frame: Frame, options: StatementOptions): Promise<Answer> {
    const { timeoutMs, signal } = options;
    const time = timeoutMs === undefined ? '' : `; SET LOCAL statement_timeout = ${Math.ceil(timeoutMs)}`;
    await this.#beginFrame(client, frame.begin + time);
    let end = frame.onError;
    try {
      if (signal?.aborted) throw cancelled();
      const answer = await this.#cancellable(client, sql, limit, options);
      end = frame.onSuccess;
      return answer;
    } finally {
      await this.#endFrame(client, end);
    }
  }

  async #cancellable(client: Client, sql: string, limit: number, options: StatementOptions): Promise<Answer> {
    const cancellation = new Cancellation(() => this.#cancel(client), options);
    try {
      return await readRows(this.#driver, client, sql, new Room(limit, options.maxResultBytes), cancellation);
    } finally {
      await cancellation.end();
    }
  }

  /** What cannot even begin is on a connection that is lost. */
  async #beginFrame(client: Client, begin: string): Promise<void> {
    try {
      await client.query(begin);
    } catch (error) {
      this.#unusable.add(client);
      throw error;
    }
  }

  async #endFrame(client: Client, end: string): Promise<void> {
    try {
      await client.query(end);
    } catch (error) {
      this.#unusable.add(client);
      if (end === 'COMMIT') throw error;
    }
  }

  async #cancel(client: Client): Promise<void> {
    const other = await this.#connected();
    try {
      await other.query('SELECT pg_cancel_backend($1)', [this.#processes.get(client)]);
    } finally {
      await other.end();
    }
  }
}

/** The server says "canceled" for all of them, in the language of its messages. */
const endedBy = (error: Error, signal: AbortSignal, timeoutMs: number | undefined, elapsedMs: number): Error => {
  if (!(error instanceof WarehouseError) || error.reason !== 'cancelled') return error;
  if (signal.aborted) return cancelled(error.cause);
  if (timeoutMs === undefined || elapsedMs < timeoutMs) return error;
  return timedOut(timeoutMs, error.cause);
};
