import { setTimeout as sleep } from 'node:timers/promises';
import { WarehouseError } from '@aegis/spec';

/** How long a query that was told to stop may take to say so. */
const endingMs = 5_000;

export interface Ending {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number | undefined;
}

/** Calls `stop` once, when the signal says so or the time is over, and remembers which it was. */
export class Cancellation {
  readonly #ending: Ending;
  readonly #stop: () => Promise<unknown>;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #ended: Promise<never>;
  #reject: (error: Error) => void = () => {};
  #error: WarehouseError | undefined;

  /** @param spentMs how much of its time the statement has used already */
  constructor(stop: () => Promise<unknown>, ending: Ending, spentMs: number) {
    this.#stop = stop;
    this.#ending = ending;
    this.#ended = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#ended.catch(() => {});
    const { signal, timeoutMs } = ending;
    signal.addEventListener('abort', this.#abort);
    if (timeoutMs !== undefined)
      this.#timer = setTimeout(() => this.#begin(timedOut(timeoutMs)), Math.max(0, timeoutMs - spentMs));
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
    this.#ending.signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.#begin(new WarehouseError('cancelled', 'the statement was cancelled'));
  };

  #begin(error: WarehouseError): void {
    if (this.#error) return;
    this.#error = error;
    this.#stop()
      .catch(() => {})
      .then(() => sleep(endingMs, undefined, { ref: false }))
      .then(() => this.#reject(error));
  }
}

const timedOut = (timeoutMs: number) =>
  new WarehouseError('timeout', `the statement took longer than ${timeoutMs} ms`, {
    hint: 'Allow more time with --timeout, or narrow the scope with where.',
  });
