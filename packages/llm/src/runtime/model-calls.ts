import {
  ConfigError,
  type LanguageModel,
  type ModelRequest,
  type ModelResponse,
  type ModelSpend,
  type ModelUsage,
} from '@aegis/spec';
import { type ModelPrice, priceOf } from '../prices/model-price.js';
import { Budget } from './budget.js';
import { type CallEnd, decisionOf, failureText, inputTokensOf, responseText } from './decision.js';
import { Exchange } from './exchange.js';
import type { CallContext } from './model-runtime.js';
import { Pace } from './pace.js';
import { requestHash } from './request-hash.js';
import type { RuntimeSettings } from './runtime-options.js';
import { nothingSpent, spentTogether } from './spending.js';
import { eitherSignal, throwIfStopped, unlessStopped } from './stopping.js';
import { recalledResponse, storedResponse } from './stored-response.js';
import { likelyTokens, worstCase } from './worst-case.js';

type BoundedRequest = ModelRequest & { readonly maxOutputTokens: number };

type Outcome = { readonly response: ModelResponse } | { readonly error: unknown };

const noUsage: ModelUsage = {
  ...{ inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  ...{ outputTokens: 0, reasoningTokens: 0 },
};

/** The calls to one model: recalled or made, and every one that was made is written down and counted. */
export class ModelCalls {
  readonly #model: LanguageModel;
  readonly #settings: RuntimeSettings;
  readonly #price: ModelPrice | undefined;
  readonly #budget: Budget;
  readonly #pace: Pace;
  #spent = nothingSpent;

  /** @throws ConfigError `usage` for a limit in dollars on a model without a known price */
  constructor(model: LanguageModel, settings: RuntimeSettings) {
    this.#model = model;
    this.#settings = settings;
    this.#price = priceOf(model.provider, model.model);
    if (settings.maxCostUsd !== undefined && this.#price === undefined) throw unknownPrice(model);
    this.#budget = new Budget(settings);
    const { concurrency, requestsPerMinute, tokensPerMinute, timing } = settings;
    this.#pace = new Pace({ concurrency, requestsPerMinute, tokensPerMinute, timing });
  }

  get spent(): ModelSpend {
    return this.#spent;
  }

  begin(spent: ModelSpend): void {
    if (spent.costUsd === null && this.#settings.maxCostUsd !== undefined) throw unknownSpend();
    this.#spent = spentTogether(this.#spent, spent);
    this.#budget.begin({
      calls: spent.calls,
      tokens: spent.inputTokens + spent.outputTokens,
      costUsd: spent.costUsd ?? 0,
    });
  }

  async generate(request: ModelRequest, call: CallContext): Promise<ModelResponse> {
    const signal = eitherSignal(call.session.signal, request.signal);
    throwIfStopped(signal);
    const bounded = { ...request, maxOutputTokens: request.maxOutputTokens ?? this.#settings.maxOutputTokens };
    const hash = requestHash(this.#model, bounded);
    const recalled = recalledResponse(await unlessStopped(call.session.recall(hash), signal));
    return recalled ?? this.#make(bounded, call, { hash, signal });
  }

  async #make(
    request: BoundedRequest,
    call: CallContext,
    { hash, signal }: { readonly hash: string; readonly signal: AbortSignal | undefined },
  ): Promise<ModelResponse> {
    const exchange = this.#exchange(request, signal);
    const outcome = await outcomeOf(exchange.run());
    if (exchange.attempts > 0) await this.#record(request, call, { hash, outcome, exchange });
    if ('error' in outcome) throw outcome.error;
    return outcome.response;
  }

  #exchange(request: BoundedRequest, signal: AbortSignal | undefined): Exchange {
    const { timing } = this.#settings;
    return new Exchange(request, {
      ...{ model: this.#model, settings: this.#settings, budget: this.#budget, pace: this.#pace, signal },
      worst: worstCase(request, this.#price, timing.now()),
      likelyTokens: likelyTokens(request),
      amountOf: ({ usage }) => ({
        tokens: inputTokensOf(usage) + usage.outputTokens,
        costUsd: this.#price?.costUsd(usage, timing.now()) ?? 0,
      }),
    });
  }

  async #record(
    request: BoundedRequest,
    call: CallContext,
    { hash, outcome, exchange }: { readonly hash: string; readonly outcome: Outcome; readonly exchange: Exchange },
  ): Promise<void> {
    const decision = decisionOf(request, call, this.#end(outcome, exchange));
    const { inputTokens, outputTokens, costUsd } = decision;
    this.#spent = spentTogether(this.#spent, { calls: 1, inputTokens, outputTokens, costUsd });
    await call.session.record({
      requestHash: hash,
      ...('response' in outcome && { answer: storedResponse(outcome.response) }),
      decision,
    });
  }

  #end(outcome: Outcome, { attempts, elapsedMs: latencyMs }: Exchange): CallEnd {
    if ('response' in outcome) return { ...this.#answered(outcome.response), latencyMs };
    const costUsd = this.#price === undefined ? null : 0;
    const response = failureText(outcome.error, attempts);
    return { model: this.#model.model, response, usage: noUsage, costUsd, latencyMs };
  }

  /** Where the configured name has no price, e.g. that of a deployment, the model that answered may have one. */
  #answered(response: ModelResponse): Omit<CallEnd, 'latencyMs'> {
    const { usage } = response;
    const model = response.model === '' ? this.#model.model : response.model;
    const price = this.#price ?? priceOf(this.#model.provider, model);
    const costUsd = price?.costUsd(usage, this.#settings.timing.now()) ?? null;
    return { model, response: responseText(response), usage, costUsd };
  }
}

const outcomeOf = async (work: Promise<ModelResponse>): Promise<Outcome> => {
  try {
    return { response: await work };
  } catch (error) {
    return { error };
  }
};

const unknownPrice = ({ provider, model }: LanguageModel): ConfigError =>
  new ConfigError('usage', `the price of ${provider}/${model} is not known, so no limit in dollars can be kept`, {
    hint: 'Leave out the limit in dollars (--max-cost-usd), or choose a model whose price is known.',
  });

const unknownSpend = (): ConfigError =>
  new ConfigError('usage', 'what the run spent so far has no known price, so no limit in dollars can be kept', {
    hint: 'Continue the run without the limit in dollars (--max-cost-usd).',
  });
