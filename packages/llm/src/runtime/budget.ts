import { LanguageModelError } from '@aegis/spec';
import { throwIfStopped, unlessStopped } from './stopping.js';

/** What calls come to, in everything that is limited. */
export interface Amount {
  readonly calls: number;
  /** Input, cached and output tokens together. */
  readonly tokens: number;
  readonly costUsd: number;
}

/** The most that a run may come to; `undefined` for no limit. */
export interface BudgetLimits {
  readonly maxCalls?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly maxCostUsd?: number | undefined;
}

/** Room that was set aside for one call; `settle` gives back what it did not need. */
export interface Reservation {
  settle(actual: Amount): void;
}

interface Waiting {
  readonly worst: Amount;
  readonly grant: (reservation: Reservation) => void;
  readonly refuse: (error: LanguageModelError) => void;
}

export const nothing: Amount = { calls: 0, tokens: 0, costUsd: 0 };

const plus = (left: Amount, right: Amount): Amount => ({
  calls: left.calls + right.calls,
  tokens: left.tokens + right.tokens,
  costUsd: left.costUsd + right.costUsd,
});

/**
 * Keeps calls within their limits, however many are made at once: the most that a call can come to is set aside before it.
 * A call that fits only when others took less than their worst waits for them, in the order of asking.
 */
export class Budget {
  readonly #limits: BudgetLimits;
  #settled = nothing;
  #reserved: readonly Amount[] = [];
  #waiting: readonly Waiting[] = [];

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** Counts what was spent before. */
  begin(amount: Amount): void {
    this.#settled = plus(this.#settled, amount);
  }

  /** @throws LanguageModelError `budget` when it cannot fit, `cancelled` */
  async reserve(worst: Amount, signal: AbortSignal | undefined): Promise<Reservation> {
    throwIfStopped(signal);
    const { promise, resolve: grant, reject: refuse } = Promise.withResolvers<Reservation>();
    const waiting = { worst, grant, refuse };
    this.#waiting = [...this.#waiting, waiting];
    this.#admit();
    try {
      return await unlessStopped(promise, signal);
    } catch (error) {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      void promise.then((reservation) => reservation.settle(nothing)).catch(() => undefined);
      throw error;
    }
  }

  /** Lets in whoever is first in line, while there is room. */
  #admit(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const exceeded = this.#exceededBy(plus(this.#settled, first.worst));
      if (exceeded === undefined && this.#exceededBy(plus(this.#committed(), first.worst)) !== undefined) return;
      this.#waiting = this.#waiting.slice(1);
      if (exceeded === undefined) first.grant(this.#reserveNow(first.worst));
      else first.refuse(exceeded);
    }
  }

  #committed(): Amount {
    return this.#reserved.reduce(plus, this.#settled);
  }

  #reserveNow(worst: Amount): Reservation {
    const reserved = { ...worst };
    this.#reserved = [...this.#reserved, reserved];
    return {
      settle: (actual) => {
        if (!this.#reserved.includes(reserved)) return;
        this.#reserved = this.#reserved.filter((other) => other !== reserved);
        this.#settled = plus(this.#settled, actual);
        this.#admit();
      },
    };
  }

  #exceededBy(amount: Amount): LanguageModelError | undefined {
    const { maxCalls, maxTokens, maxCostUsd } = this.#limits;
    const { calls, tokens, costUsd } = this.#settled;
    if (isOver(amount.calls, maxCalls)) return refusal(`${maxCalls} calls, ${calls} are`);
    if (isOver(amount.tokens, maxTokens)) return refusal(`${maxTokens} tokens, ${tokens} are`);
    if (isOver(amount.costUsd, maxCostUsd)) return refusal(`$${maxCostUsd}, $${costUsd.toFixed(4)} is`);
    return undefined;
  }
}

const isOver = (amount: number, limit: number | undefined): boolean => limit !== undefined && amount > limit;

const refusal = (state: string): LanguageModelError =>
  new LanguageModelError('budget', `the call was not made: of ${state} spent, and it could take more than is left`, {
    hint: 'Raise the limit, ask for fewer output tokens, or use a cheaper model.',
  });
