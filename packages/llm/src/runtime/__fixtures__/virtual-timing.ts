import type { Timing } from '../timing.js';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that jumps to the next sleeper as soon as nothing else is left to do. Begins at 2026-11-28. */
export class VirtualTiming implements Timing {
  readonly start = Date.UTC(2026, 10, 28);
  readonly slept: number[] = [];
  readonly #random: () => number;
  #now = this.start;
  #sleepers: readonly Sleeper[] = [];

  constructor(random: () => number = () => 0.5) {
    this.#random = random;
  }

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.#now - this.start;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.#random();
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(milliseconds);
    return new Promise((wake, reject) => {
      const sleeper = { until: this.#now + milliseconds, wake };
      this.#sleepers = [...this.#sleepers, sleeper];
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
      setImmediate(() => this.#tick());
    });
  }

  #tick(): void {
    const [first] = this.#sleepers.toSorted((left, right) => left.until - right.until);
    if (first === undefined) return;
    this.#sleepers = this.#sleepers.filter((other) => other !== first);
    this.#now = Math.max(this.#now, first.until);
    first.wake();
    setImmediate(() => this.#tick());
  }
}
