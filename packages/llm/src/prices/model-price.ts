import type { ModelUsage } from '@aegis/spec';
import { calcPrice } from '@pydantic/genai-prices';

/** What calls of one model cost. */
export interface ModelPrice {
  /** In US dollars, at the prices of that time (milliseconds since 1970). */
  costUsd(usage: ModelUsage, at: number): number;
}

/** Models that run on one's own machine cost nothing by the call. */
const freeProviders: ReadonlySet<string> = new Set(['ollama']);

const free: ModelPrice = { costUsd: () => 0 };

/** The price of exactly this model; `undefined` where it is not known: never that of another one. */
export const priceOf = (provider: string, model: string): ModelPrice | undefined => {
  if (freeProviders.has(provider)) return free;
  if (listedCost(provider, model, oneToken, undefined) === undefined) return undefined;
  return { costUsd: (usage, at) => listedCost(provider, model, usage, at) ?? 0 };
};

const oneToken: ModelUsage = {
  inputTokens: 1,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 1,
  reasoningTokens: 0,
};

const listedCost = (provider: string, model: string, usage: ModelUsage, at: number | undefined): number | undefined => {
  const listed = calcPrice(listedUsage(usage), model, {
    providerId: provider,
    ...(at !== undefined && { timestamp: new Date(at) }),
  });
  return listed?.total_price;
};

/** The price list counts cached tokens as part of the input; output tokens include reasoning in both. */
const listedUsage = ({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: ModelUsage) => ({
  input_tokens: inputTokens + cacheReadTokens + cacheWriteTokens,
  cache_read_tokens: cacheReadTokens,
  cache_write_tokens: cacheWriteTokens,
  output_tokens: outputTokens,
});
