import { setTimeout as sleep } from 'node:timers/promises';
import { WarehouseError } from '@aegis/spec';

/** How much longer than `timeoutMs` the service may take to notice by itself. */
const graceMs = 1_000;
/** How long a job that was told to stop may take to say so. */
const endingMs = 5_000;

export interface Ending {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number | undefined;
}

/** Calls `cancel` once, when the signal says so or the time is over, and remembers which it was. */
export class Cancellation {
  readonly #ending: Ending;
  readonly #cancel: () => Promise<unknown>;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #ended: Promise<never>;
  #reject: (error: Error) => void = () => {};
  #error: WarehouseError | undefined;

  constructor(cancel: () => Promise<unknown>, ending: Ending) {
    this.#cancel = cancel;
    this.#ending = ending;
    this.#ended = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#ended.catch(() => {});
    const { signal, timeoutMs } = ending;
    signal.addEventListener('abort', this.#abort);
    if (timeoutMs !== undefined) this.#timer = setTimeout(() => this.#begin(timedOut(timeoutMs)), timeoutMs + graceMs);
    if (signal.aborted) this.#abort();
  }

  /** What the statement gives, or why it was ended. A job that does not stop is waited for only so long. */
  async of<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await Promise.race([work, this.#ended]);
    } catch (error) {
      throw this.#error ?? this.#told(error);
    }
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#ending.signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.#begin(cancelled());
  };

  #begin(error: WarehouseError): void {
    if (this.#error) return;
    this.#error = error;
    this.#cancel()
      .catch(() => {})
      .then(() => sleep(endingMs, undefined, { ref: false }))
      .then(() => this.#reject(error));
  }

  /** The service ended it by the time that it was given. */
  #told(error: unknown): unknown {
    const { timeoutMs } = this.#ending;
    const isTimeout = error instanceof WarehouseError && error.reason === 'timeout' && timeoutMs !== undefined;
    return isTimeout ? timedOut(timeoutMs, error.cause) : error;
  }
}

const cancelled = () => new WarehouseError('cancelled', 'the statement was cancelled');

const timedOut = (timeoutMs: number, cause?: unknown) =>
  new WarehouseError('timeout', `the statement took longer than ${timeoutMs} ms`, {
    hint: 'Allow more time with --timeout, or narrow the scope with where.',
    cause,
  });
