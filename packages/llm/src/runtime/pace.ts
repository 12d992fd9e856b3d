import pLimit from 'p-limit';
import { throwIfStopped, unlessStopped } from './stopping.js';
import type { Timing } from './timing.js';

export interface PaceOptions {
  /** Calls at the same time. */
  readonly concurrency: number;
  /** Within any 60 seconds; `undefined` for no bound. */
  readonly requestsPerMinute: number | undefined;
  readonly tokensPerMinute: number | undefined;
  readonly timing: Timing;
}

/** A call of the last minute. Its tokens are an estimate until it has ended. */
interface PastCall {
  readonly at: number;
  tokens: number;
}

const minuteMs = 60_000;

/** When the calls to one provider may go out: in the order of asking, so many at a time, so many a minute. */
export class Pace {
  readonly #options: PaceOptions;
  readonly #slots: ReturnType<typeof pLimit>;
  #pastMinute: readonly PastCall[] = [];
  #openAt = 0;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#slots = pLimit(options.concurrency);
  }

  /** Runs the work when its turn has come; it says with `used` how many tokens it took in the end. */
  run<Value>(
    tokens: number,
    signal: AbortSignal | undefined,
    work: (used: (tokens: number) => void) => Promise<Value>,
  ): Promise<Value> {
    const inTurn = async () => {
      throwIfStopped(signal);
      const call = await unlessStopped(this.#turn(tokens, signal), signal);
      return work((used) => {
        call.tokens = used;
      });
    };
    return unlessStopped(this.#slots(inTurn), signal);
  }

  /** Nothing goes out before this time: the vendor asked all of us to wait. */
  closeUntil(time: number): void {
    this.#openAt = Math.max(this.#openAt, time);
  }

  #turn(tokens: number, signal: AbortSignal | undefined): Promise<PastCall> {
    const turn = this.#lastTurn.then(() => this.#wait(tokens, signal));
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  async #wait(tokens: number, signal: AbortSignal | undefined): Promise<PastCall> {
    const { timing } = this.#options;
    for (;;) {
      throwIfStopped(signal);
      const waitMs = this.#nextOpening(tokens) - timing.now();
      if (waitMs <= 0) break;
      await timing.sleep(waitMs, signal);
    }
    const call = { at: timing.now(), tokens };
    this.#pastMinute = [...this.#pastMinute, call];
    return call;
  }

  /** When this call fits: after the pause, and after enough of the past minute's calls have left it. */
  #nextOpening(tokens: number): number {
    const now = this.#options.timing.now();
    this.#pastMinute = this.#pastMinute.filter(({ at }) => at > now - minuteMs);
    const leaving = this.#pastMinute.findIndex((_, index) => this.#fits(tokens, this.#pastMinute.slice(index)));
    const blocking = leaving === -1 ? this.#pastMinute.at(-1) : this.#pastMinute[leaving - 1];
    return Math.max(this.#openAt, blocking === undefined ? now : blocking.at + minuteMs);
  }

  #fits(tokens: number, calls: readonly PastCall[]): boolean {
    const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } = this.#options;
    const used = calls.reduce((sum, call) => sum + call.tokens, 0);
    return calls.length + 1 <= requestsPerMinute && used + tokens <= tokensPerMinute;
  }
}
