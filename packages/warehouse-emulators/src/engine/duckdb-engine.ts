import { type DuckDBConnection, DuckDBInstance, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import { Places } from './places.js';
import { quotedIdentifier } from './tokens.js';

export interface EngineColumn {
  readonly name: string;
  readonly type: DuckDBType;
}

export interface EngineAnswer {
  readonly columns: readonly EngineColumn[];
  readonly rows: readonly (readonly DuckDBValue[])[];
}

export interface EngineOptions {
  /** Catalogue that holds everything; names of three parts begin with it. */
  readonly catalogue: string;
  /** Statements for every new connection. */
  readonly settings?: readonly string[];
  /** Macros and the like, once. */
  readonly setup?: readonly string[];
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Schema of names that have none. */
  readonly schema?: string | undefined;
}

/** Each statement waits on one of the four threads that Node has for such work. */
const statementsAtOnce = 3;
const interruptAgainMs = 20;

/** A DuckDB in memory behind an emulator. Every statement has a connection of its own. */
export class DuckDbEngine {
  readonly #instance: DuckDBInstance;
  readonly #options: EngineOptions;
  readonly #places = new Places(statementsAtOnce);

  private constructor(instance: DuckDBInstance, options: EngineOptions) {
    this.#instance = instance;
    this.#options = options;
  }

  static async open(options: EngineOptions): Promise<DuckDbEngine> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const engine = new DuckDbEngine(instance, options);
    const connection = await instance.connect();
    const catalogue = quotedIdentifier(options.catalogue);
    await connection.run(`ATTACH ':memory:' AS ${catalogue}`);
    for (const sql of options.setup ?? []) await connection.run(sql);
    connection.closeSync();
    return engine;
  }

  /** Runs statements of DuckDB and gives the answer of the last. @throws what DuckDB throws, also when it was stopped. */
  run(sql: string, { signal, schema }: RunOptions = {}): Promise<EngineAnswer> {
    return this.#places.use(async () => {
      const connection = await this.#connect(schema);
      const interrupting = new Interrupting(connection, signal);
      try {
        signal?.throwIfAborted();
        const reader = await connection.runAndReadAll(sql);
        return {
          columns: reader.columnNames().map((name, index) => ({ name, type: reader.columnType(index) })),
          rows: reader.getRows(),
        };
      } finally {
        interrupting.end();
        connection.closeSync();
      }
    });
  }

  close(): void {
    this.#instance.closeSync();
  }

  async #connect(schema: string | undefined): Promise<DuckDBConnection> {
    const connection = await this.#instance.connect();
    const place = [this.#options.catalogue, schema ?? 'main'].map(quotedIdentifier).join('.');
    for (const sql of [`USE ${place}`, ...(this.#options.settings ?? [])]) await connection.run(sql);
    return connection;
  }
}

/** An interrupt that comes before the statement began is forgotten, so it is repeated until the end. */
class Interrupting {
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal | undefined;
  #repeat: NodeJS.Timeout | undefined;

  constructor(connection: DuckDBConnection, signal: AbortSignal | undefined) {
    this.#connection = connection;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#begin);
  }

  end(): void {
    clearInterval(this.#repeat);
    this.#signal?.removeEventListener('abort', this.#begin);
  }

  readonly #begin = (): void => {
    this.#connection.interrupt();
    this.#repeat = setInterval(() => this.#connection.interrupt(), interruptAgainMs);
  };
}
