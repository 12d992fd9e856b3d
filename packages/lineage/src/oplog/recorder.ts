import type { OperationChange, OperationRecord, OperationStore, StatementOptions, Warehouse } from '@aegis/spec';
import { isAegisError } from '@aegis/spec';
import { changesOf } from './changes.js';
import { isCertainlyQuery } from './is-query.js';
import { type MaskedSql, maskSecrets, withoutSecrets } from './mask-secrets.js';
import type { OplogOptions } from './with-oplog.js';

/** How the log of a warehouse fares. */
export interface Oplog {
  readonly runId: string;
  /** Statements that were written down. */
  readonly recorded: number;
  /** Statements that ran, and that the store did not take. */
  readonly lost: number;
  /** Why the last one was lost. */
  readonly lastError: unknown;
}

const defaultStoreTimeoutMs = 5_000;

/** The one place where statements are written down. */
export class Recorder implements Oplog {
  readonly runId: string;
  recorded = 0;
  lost = 0;
  lastError: unknown;
  readonly #warehouse: Warehouse;
  readonly #store: OperationStore;
  readonly #options: OplogOptions;
  readonly #clock: () => Date;

  constructor(warehouse: Warehouse, store: OperationStore, options: OplogOptions) {
    this.#warehouse = warehouse;
    this.#store = store;
    this.#options = options;
    this.#clock = options.clock ?? (() => new Date());
    this.runId = options.runId ?? crypto.randomUUID();
  }

  /** Runs a statement and writes down what it did, also where it fails. */
  async run<Result>(
    sql: string,
    options: StatementOptions | undefined,
    execute: () => Promise<Result>,
    rowsOf: (result: Result) => string | null = () => null,
  ): Promise<Result> {
    const masked = maskSecrets(sql, this.#warehouse.dialect.parserName);
    const changes = await changesOf(masked.sql, this.#warehouse, options?.signal);
    if (!this.#options.queries && (await isCertainlyQuery(masked.sql, changes, this.#warehouse))) return execute();
    const started = this.#clock();
    const begin = performance.now();
    const about = { masked, changes, started, begin };
    try {
      const result = await execute();
      await this.#record(about, rowsOf(result), null);
      return result;
    } catch (error) {
      await this.#record(about, null, errorOf(error, masked));
      throw error;
    }
  }

  async #record(about: Statement, rowsAffected: string | null, error: OperationRecord['error']): Promise<void> {
    try {
      await this.#inTime(this.#store.recordOperation(this.#recordOf(about, rowsAffected, error)));
      this.recorded += 1;
    } catch (cause) {
      this.lost += 1;
      this.lastError = cause;
    }
  }

  #recordOf(
    { masked, changes, started, begin }: Statement,
    rowsAffected: string | null,
    error: OperationRecord['error'],
  ): OperationRecord {
    return {
      operationId: crypto.randomUUID(),
      runId: this.runId,
      sql: masked.sql,
      parserName: this.#warehouse.dialect.parserName,
      warehouse: this.#options.warehouse ?? null,
      user: this.#options.user ?? null,
      changes,
      rowsAffected,
      startedAt: started.toISOString(),
      finishedAt: this.#clock().toISOString(),
      durationMs: performance.now() - begin,
      error,
    };
  }

  async #inTime(recording: Promise<void>): Promise<void> {
    const timeoutMs = this.#options.storeTimeoutMs ?? defaultStoreTimeoutMs;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`the store did not answer within ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      await Promise.race([recording, late]);
    } finally {
      clearTimeout(timer);
      recording.catch(() => {});
    }
  }
}

interface Statement {
  readonly masked: MaskedSql;
  readonly changes: readonly OperationChange[];
  readonly started: Date;
  /** On the monotonic clock. */
  readonly begin: number;
}

const errorOf = (error: unknown, masked: MaskedSql): { readonly code: string; readonly message: string } => {
  const message = withoutSecrets(error instanceof Error ? error.message : String(error), masked);
  return { code: isAegisError(error) ? error.code : 'unknown', message };
};
