import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import { type Amount, type Budget, nothing, type Reservation } from './budget.js';
import { mayBeBilled, modelFailure } from './model-failure.js';
import type { Pace } from './pace.js';
import { retryAfterOf, retrying } from './retry.js';
import type { RuntimeSettings } from './runtime-options.js';
import { withinTime } from './time-limit.js';

/** What an exchange needs from the runtime that makes it. */
export interface ExchangeParts {
  readonly model: LanguageModel;
  readonly settings: RuntimeSettings;
  readonly budget: Budget;
  readonly pace: Pace;
  readonly signal: AbortSignal | undefined;
  readonly worst: Amount;
  readonly likelyTokens: number;
  amountOf(response: ModelResponse): Omit<Amount, 'calls'>;
}

/** One call: its room in the budget, its attempts, and how long they took. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #request: ModelRequest;
  readonly #name: string;
  #reservation: Reservation | undefined;
  /** Whether the budget counts this call already, because an earlier attempt may be billed. */
  #isCounted = false;
  #startedAt: number | undefined;
  #attempts = 0;

  constructor(request: ModelRequest, parts: ExchangeParts) {
    this.#request = request;
    this.#parts = parts;
    this.#name = `${parts.model.provider}/${parts.model.model}`;
  }

  /** 0 when the model was never asked. */
  get attempts(): number {
    return this.#attempts;
  }

  /** From the first attempt on, waits between attempts included. */
  get elapsedMs(): number {
    return this.#startedAt === undefined ? 0 : this.#parts.settings.timing.now() - this.#startedAt;
  }

  async run(): Promise<ModelResponse> {
    const { settings, signal, amountOf } = this.#parts;
    const remainingMs = () => settings.totalTimeoutMs - this.elapsedMs;
    try {
      const response = await retrying(() => this.#attempt(), { ...settings, signal, remainingMs });
      this.#settle(amountOf(response));
      return response;
    } catch (error) {
      if (this.#attempts === 0) this.#reservation?.settle(nothing);
      else this.#settle(mayBeBilled(error) ? this.#parts.worst : nothing);
      throw error;
    }
  }

  async #attempt(): Promise<ModelResponse> {
    const { budget, pace, signal, worst, likelyTokens, amountOf } = this.#parts;
    this.#reservation ??= await budget.reserve({ ...worst, calls: this.#isCounted ? 0 : 1 }, signal);
    return pace.run(likelyTokens, signal, async (used) => {
      const response = await this.#ask();
      used(amountOf(response).tokens);
      return response;
    });
  }

  async #ask(): Promise<ModelResponse> {
    const { model, settings, signal } = this.#parts;
    this.#startedAt ??= settings.timing.now();
    this.#attempts += 1;
    const timeoutMs = Math.min(settings.timeoutMs, settings.totalTimeoutMs - this.elapsedMs);
    const limit = { timeoutMs, timing: settings.timing, signal, name: this.#name };
    try {
      return await withinTime(
        async (attemptSignal) => model.generate({ ...this.#request, signal: attemptSignal }),
        limit,
      );
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #failed(error: unknown): unknown {
    const { pace, settings, worst } = this.#parts;
    const failure = modelFailure(error, this.#name);
    const retryAfterMs = retryAfterOf(failure);
    if (retryAfterMs !== undefined && retryAfterMs < settings.totalTimeoutMs)
      pace.closeUntil(settings.timing.now() + retryAfterMs);
    if (mayBeBilled(failure)) this.#settle(worst);
    return failure;
  }

  #settle({ tokens, costUsd }: Omit<Amount, 'calls'>): void {
    if (this.#reservation === undefined) return;
    this.#reservation.settle({ tokens, costUsd, calls: this.#isCounted ? 0 : 1 });
    this.#reservation = undefined;
    this.#isCounted = true;
  }
}
