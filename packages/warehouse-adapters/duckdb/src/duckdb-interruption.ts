import type { StatementOptions, WarehouseError } from '@aegis/spec';
import { cancelled, timedOut } from '@aegis/sql/transport';
import type { DuckDBConnection } from '@duckdb/node-api';

const interruptAgainMs = 20;

/** Ends a statement in the engine when its signal or its time says so, and remembers which it was. */
export class Interruption {
  error: WarehouseError | undefined;
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  #repeat: NodeJS.Timeout | undefined;

  constructor(connection: DuckDBConnection, { signal, timeoutMs }: StatementOptions) {
    this.#connection = connection;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#cancel);
    if (timeoutMs !== undefined) this.#timer = setTimeout(() => this.#interrupt(timedOut(timeoutMs)), timeoutMs);
    if (signal?.aborted) this.error = cancelled();
  }

  /** @throws WarehouseError when the statement may not go on. */
  check(): void {
    if (this.error) throw this.error;
  }

  end(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#repeat);
    this.#signal?.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = (): void => this.#interrupt(cancelled());

  /** The engine forgets an interrupt that arrives before it began to execute, so it is repeated until the end. */
  #interrupt(error: WarehouseError): void {
    if (this.error) return;
    this.error = error;
    this.#connection.interrupt();
    this.#repeat = setInterval(() => this.#connection.interrupt(), interruptAgainMs);
  }
}
