import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { type Answer, labelled, OpenSlots, timedOut } from '@aegis/sql/transport';
import type { DBSQLClient as Client } from '@databricks/sql';
import Int64 from 'node-int64';
import { connectionOptions, serializedTags } from './databricks-connection.js';
import { type Driver, protocolVersion, type SessionHandle } from './databricks-driver.js';
import { refuseFailure, SessionLost, warehouseError } from './databricks-errors.js';
import type { ResolvedDatabricksOptions } from './databricks-options.js';
import { type RawAnswer, runStatement, type StatementRequest } from './databricks-statement.js';
import { cellReader, isAmbiguous } from './databricks-values.js';

/** Timestamps are read as UTC. */
const sessionSql = "SET TIME ZONE 'UTC'";

/** One session of a SQL warehouse or cluster, and the queue in front of it. */
export class DatabricksClient {
  readonly #client: Client;
  readonly #options: ResolvedDatabricksOptions;
  readonly #slots: OpenSlots;
  #session: Promise<SessionHandle> | undefined;

  private constructor(client: Client, options: ResolvedDatabricksOptions) {
    this.#client = client;
    this.#options = options;
    this.#slots = new OpenSlots(options.maxConnections);
  }

  /** @throws WarehouseError when no session can be opened */
  static async open(options: ResolvedDatabricksOptions): Promise<DatabricksClient> {
    // A process that never connects never loads the driver.
    const { DBSQLClient } = await import('@databricks/sql');
    const client = new DBSQLClient({ logger: silent });
    const connection = await connectionOptions(options);
    const opened = new DatabricksClient(client, options);
    try {
      await client.connect(connection);
      await opened.#currentSession();
      return opened;
    } catch (cause) {
      await client.close().catch(() => {});
      throw warehouseError(cause);
    }
  }

  /** Runs a statement; waits while as many as may be are under way. */
  run(sql: string, limit: number, options: StatementOptions = {}): Promise<Answer> {
    return this.#slots.use(options.signal, async (asked) => {
      const deadline = new Deadline(options.timeoutMs);
      const signal = AbortSignal.any([asked, deadline.signal]);
      const started = performance.now();
      try {
        const { id, answer } = await this.#answered({ ...options, sql: labelled(sql, options.label), limit, signal });
        options.onStatement?.({ statementId: id, durationMs: performance.now() - started });
        return answer;
      } catch (cause) {
        throw deadline.explained(warehouseError(cause), options.signal);
      } finally {
        deadline.clear();
      }
    });
  }

  /** Ends what is under way, then the session. Idempotent. */
  async close(): Promise<void> {
    if (this.#slots.isClosed) return;
    await this.#slots.close();
    const session = await this.#session?.catch(() => undefined);
    const driver = await this.#client.getDriver();
    if (session) await driver.closeSession({ sessionHandle: session }).catch(() => {});
    await this.#client.close().catch(() => {});
  }

  async #answered(request: StatementRequest) {
    const raw = await this.#inSession((driver, session) => runStatement(driver, session, request));
    const sqlTypes = raw.types.some(isAmbiguous) ? await this.#sqlTypes(request.sql, request.signal) : [];
    return { id: raw.id, answer: answerOf(raw, sqlTypes) };
  }

  /** Types of a query's columns by their SQL names, from its analysis alone. */
  async #sqlTypes(sql: string, signal: AbortSignal): Promise<readonly string[]> {
    const query = `DESCRIBE QUERY ${sql}`;
    const described = await this.#inSession((driver, session) =>
      runStatement(driver, session, { sql: query, limit: mostColumns, signal }),
    );
    return (described.columns[1] ?? []).map(String);
  }

  /** A session that the service forgot is opened anew, once; the statement was not run in it. */
  async #inSession<Result>(task: (driver: Driver, session: SessionHandle) => Promise<Result>): Promise<Result> {
    const driver = await this.#client.getDriver();
    const opening = this.#currentSession();
    const session = await opening;
    try {
      return await task(driver, session);
    } catch (error) {
      if (!(error instanceof SessionLost)) throw error;
      if (this.#session === opening) this.#session = undefined;
      return task(driver, await this.#currentSession());
    }
  }

  #currentSession(): Promise<SessionHandle> {
    this.#session ??= this.#openSession().catch((cause: unknown) => {
      this.#session = undefined;
      throw cause;
    });
    return this.#session;
  }

  async #openSession(): Promise<SessionHandle> {
    const { catalog, schema, sessionConfiguration, queryTags } = this.#options;
    const namespace = { ...(catalog && { catalogName: catalog }), ...(schema && { schemaName: schema }) };
    const driver = await this.#client.getDriver();
    const { status, sessionHandle } = await driver.openSession({
      client_protocol_i64: new Int64(protocolVersion),
      canUseMultipleCatalogs: true,
      ...((catalog ?? schema) && { initialNamespace: namespace }),
      configuration: {
        ...sessionConfiguration,
        ...(Object.keys(queryTags).length > 0 && { QUERY_TAGS: serializedTags(queryTags) }),
      },
    });
    refuseFailure(status);
    if (!sessionHandle) throw new WarehouseError('connection', 'the service opened no session');
    await runStatement(driver, sessionHandle, { sql: sessionSql, limit: 1, signal: this.#slots.until() });
    return sessionHandle;
  }
}

const mostColumns = 100_000;

const silent = { log: () => {} };

const answerOf = ({ names, types, columns }: RawAnswer, sqlTypes: readonly string[]): Answer => {
  const cells = columns.map((column, index) => column.map(cellReader(types[index], sqlTypes[index])));
  const length = cells[0]?.length ?? 0;
  return { names, rows: Array.from({ length }, (_, row) => cells.map((column) => column[row] ?? null)) };
};

/** The time of one statement: for the service whole seconds, so that this keeps to the millisecond. */
class Deadline {
  readonly #controller = new AbortController();
  readonly #timeoutMs: number | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number | undefined) {
    this.#timeoutMs = timeoutMs;
    this.#timer = timeoutMs === undefined ? undefined : setTimeout(() => this.#controller.abort(), timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  /** A statement that was cancelled because its time was over says so. */
  explained(error: Error, asked: AbortSignal | undefined): Error {
    if (!(error instanceof WarehouseError) || asked?.aborted) return error;
    const isOver = error.reason === 'timeout' || (error.reason === 'cancelled' && this.signal.aborted);
    if (!isOver || this.#timeoutMs === undefined) return error;
    return timedOut(this.#timeoutMs, error.cause);
  }
}
