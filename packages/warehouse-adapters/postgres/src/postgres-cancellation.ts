import { setTimeout as sleep } from 'node:timers/promises';
import type { StatementOptions } from '@aegis/spec';

const cancelAgainMs = 100;

/**
 * Asks the server to end a statement until it has ended: a request that arrives before the statement began is
 * forgotten, and one that arrives after it would hit the next, so the connection waits for the last request.
 */
export class Cancellation {
  readonly #ask: () => Promise<void>;
  readonly #signal: AbortSignal | undefined;
  #asking: Promise<void> | undefined;
  #ended = false;
  #stoppedReading = false;

  /** `ask` makes one request; its failure only means another one. */
  constructor(ask: () => Promise<void>, { signal }: StatementOptions) {
    this.#ask = ask;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#begin);
  }

  /** Ends the statement because nobody wants its other rows. */
  stopReading(): void {
    this.#stoppedReading = true;
    this.#begin();
  }

  get stoppedReading(): boolean {
    return this.#stoppedReading && !this.#signal?.aborted;
  }

  /** To be awaited before the connection is used again. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#signal?.removeEventListener('abort', this.#begin);
    await this.#asking;
  }

  readonly #begin = (): void => {
    this.#asking ??= this.#askUntilEnded();
  };

  async #askUntilEnded(): Promise<void> {
    while (!this.#ended) {
      await this.#ask().catch(() => {});
      if (!this.#ended) await sleep(cancelAgainMs);
    }
  }
}
