import type { Reply } from './loopback-server.js';

/** Something that goes wrong with the next requests. */
export interface Fault {
  readonly times: number;
  /** Which requests, by their names. Default: every one. */
  readonly on?: RegExp | undefined;
  /** The answer. `drop` closes the connection instead, `lose` does so after the request was carried out. */
  readonly reply: Reply | 'drop' | 'lose';
}

/** Faults in the order in which they were asked for; each is used up by the requests that it fits. */
export class Faults {
  #pending: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#pending = [];
  }

  /** What happens to a request instead of its answer. */
  take(request: string): Fault['reply'] | undefined {
    const found = this.#pending.find(({ fault, left }) => left > 0 && (fault.on?.test(request) ?? true));
    if (!found) return undefined;
    found.left -= 1;
    return found.fault.reply;
  }
}
