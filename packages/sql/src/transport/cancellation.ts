import type { WarehouseError } from '@aegis/spec';
import { cancelled, timedOut } from './ended.js';

/** How long a query that was told to stop may take to say so. */
const endingMs = 5_000;

/** What ends a statement. */
export interface Ending {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number | undefined;
  /** When its time is over by this clock, where that is not after `timeoutMs`: part of it is spent, or the engine is let notice first. */
  readonly afterMs?: number | undefined;
}

/** Tells a query on a server to stop, once, when the signal says so or the time is over, and remembers which it was. */
export class Cancellation {
  readonly #signal: AbortSignal;
  readonly #stop: () => Promise<unknown>;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #ended: Promise<never>;
  #reject: (error: Error) => void = () => {};
  #error: WarehouseError | undefined;

  constructor(stop: () => Promise<unknown>, { signal, timeoutMs, afterMs = timeoutMs }: Ending) {
    this.#stop = stop;
    this.#signal = signal;
    this.#ended = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#ended.catch(() => {});
    signal.addEventListener('abort', this.#abort);
    if (timeoutMs !== undefined)
      this.#timer = setTimeout(() => this.#begin(timedOut(timeoutMs)), Math.max(0, afterMs ?? timeoutMs));
    if (signal.aborted) this.#abort();
  }

  /** What the statement gives, or why it was ended. A query that does not stop is waited for only so long. */
  async of<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await Promise.race([work, this.#ended]);
    } catch (error) {
      throw this.#error ?? error;
    }
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.#begin(cancelled());
  };

  #begin(error: WarehouseError): void {
    if (this.#error) return;
    this.#error = error;
    this.#stop()
      .catch(() => {})
      .then(() => setTimeout(() => this.#reject(error), endingMs).unref());
  }
}
