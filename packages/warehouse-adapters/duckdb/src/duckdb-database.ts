import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatementOptions } from '@aegis/spec';
import { OpenSlots } from '@aegis/sql/transport';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { warehouseError } from './duckdb-errors.js';
import { isGlob } from './duckdb-files.js';
import { list, text } from './duckdb-literals.js';
import type { ResolvedDuckDbOptions } from './duckdb-options.js';
import { checkDatabaseFile } from './duckdb-path.js';
import type { Answer, Reading } from './duckdb-rows.js';
import { runStatement, type StatementContext } from './duckdb-statement.js';
import { cellConverter, type DuckDbDriver } from './duckdb-values.js';

/**
 * Statements under way at once. Each waits on one of the four threads that Node keeps for files and DNS, and DuckDB
 * spreads every statement over all cores by itself.
 */
export const concurrency = 3;

/** One open DuckDB instance: its settings, its connections, and the queue in front of them. */
export class DuckDbDatabase {
  readonly #instance: DuckDBInstance;
  readonly #context: StatementContext;
  readonly #spillDirectory: string;
  readonly #slots = new OpenSlots(concurrency);
  readonly #idle: DuckDBConnection[] = [];
  readonly #open = new Set<DuckDBConnection>();

  private constructor(instance: DuckDBInstance, context: StatementContext, spillDirectory: string) {
    this.#instance = instance;
    this.#context = context;
    this.#spillDirectory = spillDirectory;
  }

  /** @throws WarehouseError `connection` */
  static async open(options: ResolvedDuckDbOptions): Promise<DuckDbDatabase> {
    if (options.path !== undefined && options.access === 'read_only') await checkDatabaseFile(options.path);
    // Loading the driver takes 0.1 s and 40 MB, so a process that never connects never pays for it.
    const driver = await import('@duckdb/node-api');
    // A folder that two processes share would mix their spilled blocks; the engine makes it when it first spills.
    const spillDirectory = join(options.tempDirectory ?? tmpdir(), `aegis-duckdb-${randomUUID()}`);
    const instance = await openInstance(driver, options, spillDirectory);
    const readOnly = options.access === 'read_only';
    const context = { driver, convert: cellConverter(driver), readOnly, inTransaction: false };
    const database = new DuckDbDatabase(instance, context, spillDirectory);
    try {
      await database.#lockDown(options);
    } catch (cause) {
      await database.close();
      throw warehouseError(cause);
    }
    return database;
  }

  /** Runs a statement on any free connection; waits while all are busy. */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    return this.#slots.use(options?.signal, async () => {
      const connection = this.#idle.pop() ?? (await this.connect());
      try {
        return await this.#statement(connection, this.#context, sql, limit, options);
      } finally {
        this.#giveBack(connection);
      }
    });
  }

  /**
   * Runs a statement in a transaction on a connection that the caller owns; `recover` when the transaction was spoiled,
   * before anything else happens.
   */
  runOn(
    connection: DuckDBConnection,
    recover: () => Promise<void>,
    sql: string,
    limit: number,
    options?: StatementOptions,
  ): Promise<Answer> {
    return this.#slots.use(options?.signal, async () => {
      let isSpoiled = true;
      try {
        const context = { ...this.#context, inTransaction: true };
        const answer = await this.#statement(connection, context, sql, limit, options);
        isSpoiled = answer.isCut;
        return answer;
      } finally {
        if (isSpoiled && !this.#slots.isClosed) await recover();
      }
    });
  }

  /** A connection of the caller's own, to be given to {@link disconnect}. */
  async connect(): Promise<DuckDBConnection> {
    this.#slots.refuseWhenClosed();
    const connection = await this.#instance.connect();
    this.#open.add(connection);
    return connection;
  }

  disconnect(connection: DuckDBConnection): void {
    if (this.#open.delete(connection)) connection.disconnectSync();
  }

  /** Ends what is under way, then gives the file back. Idempotent. */
  async close(): Promise<void> {
    if (this.#slots.isClosed) return;
    this.#idle.length = 0;
    await this.#slots.close();
    for (const connection of this.#open) this.disconnect(connection);
    this.#instance.closeSync();
    await rm(this.#spillDirectory, { recursive: true, force: true });
  }

  #statement(
    connection: DuckDBConnection,
    context: StatementContext,
    sql: string,
    limit: number,
    options: StatementOptions = {},
  ): Promise<Reading> {
    return runStatement(connection, sql, limit, context, { ...options, signal: this.#slots.until(options.signal) });
  }

  #giveBack(connection: DuckDBConnection): void {
    if (this.#slots.isClosed) this.disconnect(connection);
    else this.#idle.push(connection);
  }

  /** The order matters: files are allowed while settings can change, and nothing can change after the lock. */
  async #lockDown({ files, timezone }: ResolvedDuckDbOptions): Promise<void> {
    const connection = await this.connect();
    const settings = [
      `SET GLOBAL TimeZone = ${text(timezone)}`,
      `SET GLOBAL allowed_directories = ${list(files.filter(isFolder))}`,
      `SET GLOBAL allowed_paths = ${list(await this.#expanded(connection, files))}`,
      'SET GLOBAL enable_external_access = false',
      'SET GLOBAL lock_configuration = true',
    ];
    for (const setting of settings) await connection.run(setting);
    this.#idle.push(connection);
  }

  /** The engine checks a glob as a path and then each file that it matched, so both are allowed. */
  async #expanded(connection: DuckDBConnection, files: readonly string[]): Promise<readonly string[]> {
    const matched = files.filter(isGlob).map(async (glob) => {
      const found = await connection.runAndReadAll(`SELECT file FROM glob(${text(glob)})`);
      return found.getRows().map(([file]) => String(file));
    });
    return [...files.filter((file) => !isFolder(file)), ...(await Promise.all(matched)).flat()];
  }
}

/** What was freed counts for nothing in the limit, yet stays with the process; giving it back early costs about 3 % of the time. */
const givenBack = { allocator_background_threads: 'true', allocator_flush_threshold: '16MB' };

/** By itself, the engine takes up to nine tenths of what is free on the disk. */
const mostSpilled = '10GB';

const openInstance = async (
  { DuckDBInstance }: DuckDbDriver,
  { path, access, threads, memoryLimit, isolated }: ResolvedDuckDbOptions,
  spillDirectory: string,
): Promise<DuckDBInstance> => {
  const settings = {
    ...(path !== undefined && access === 'read_only' && { access_mode: 'READ_ONLY' }),
    ...(threads !== undefined && { threads: String(threads) }),
    ...(memoryLimit !== undefined && { memory_limit: memoryLimit, ...givenBack }),
    temp_directory: spillDirectory,
    ...(isolated && { max_temp_directory_size: mostSpilled }),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  };
  try {
    return await DuckDBInstance.create(path, settings);
  } catch (cause) {
    throw warehouseError(cause);
  }
};

const isFolder = (file: string): boolean => /[/\\]$/.test(file);
