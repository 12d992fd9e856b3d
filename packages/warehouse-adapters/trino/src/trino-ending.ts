import type { WarehouseError } from '@aegis/spec';
import { cancelled, timedOut, toldByLimit } from '@aegis/sql/transport';

/** How much longer than `timeoutMs` the server may take to notice by itself. */
const graceMs = 1_000;

export interface EndingOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number | undefined;
}

/** Why a statement has to end: its signal, or its time. */
export class Ending {
  readonly #options: EndingOptions;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  #error: WarehouseError | undefined;

  constructor(options: EndingOptions) {
    this.#options = options;
    const { signal, timeoutMs } = options;
    signal.addEventListener('abort', this.#abort);
    if (timeoutMs !== undefined) this.#timer = setTimeout(() => this.#begin(timedOut(timeoutMs)), timeoutMs + graceMs);
    if (signal.aborted) this.#abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the statement ended, told from what its requests threw. */
  told(error: unknown): unknown {
    return this.#error ?? toldByLimit(error, this.#options.timeoutMs);
  }

  /** @throws WarehouseError when the statement has to end */
  check(): void {
    if (this.#error) throw this.#error;
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.#begin(cancelled());
  };

  #begin(error: WarehouseError): void {
    this.#error ??= error;
    this.#controller.abort();
  }
}
