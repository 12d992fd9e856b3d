import { WarehouseError } from '@aegis/spec';

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
    const { timeoutMs } = this.#options;
    if (this.#error) return this.#error;
    const isTimeout = error instanceof WarehouseError && error.reason === 'timeout' && timeoutMs !== undefined;
    return isTimeout ? timedOut(timeoutMs, error.cause) : error;
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
    this.#begin(new WarehouseError('cancelled', 'the statement was cancelled'));
  };

  #begin(error: WarehouseError): void {
    this.#error ??= error;
    this.#controller.abort();
  }
}

const timedOut = (timeoutMs: number, cause?: unknown) =>
  new WarehouseError('timeout', `the statement took longer than ${timeoutMs} ms`, {
    hint: 'Allow more time with --timeout, or narrow the scope with where.',
    cause,
  });
