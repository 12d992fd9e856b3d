import type { ModelRequest, ModelUsage } from '@aegis/spec';
import type { ModelPrice } from '../prices/model-price.js';
import type { Amount } from './budget.js';

/** What vendors put around messages, and the instructions that they add for tools and schemas. */
const framingTokens = 64;
const instructionTokens = 1_024;

/** Average of English text and JSON; other scripts take more, so it is used for pace alone. */
const bytesPerToken = 4;

const sentBytes = ({ system, messages, tools, responseSchema }: ModelRequest): number =>
  Buffer.byteLength(JSON.stringify([system, messages, tools, responseSchema]));

/** A token stands for one byte at least. */
const mostInputTokens = (request: ModelRequest): number =>
  sentBytes(request) +
  framingTokens +
  (request.tools === undefined && request.responseSchema === undefined ? 0 : instructionTokens);

const usage: ModelUsage = {
  ...{ inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  ...{ outputTokens: 0, reasoningTokens: 0 },
};

/** The most that one call can come to. Input may cost more when the vendor writes it to its cache. */
export const worstCase = (
  request: ModelRequest & { readonly maxOutputTokens: number },
  price: ModelPrice | undefined,
  at: number,
): Amount => {
  const input = mostInputTokens(request);
  const outputTokens = request.maxOutputTokens;
  const costs = [{ inputTokens: input }, { cacheWriteTokens: input }].map(
    (sent) => price?.costUsd({ ...usage, ...sent, outputTokens }, at) ?? 0,
  );
  return { calls: 1, tokens: input + outputTokens, costUsd: Math.max(...costs) };
};

/** A likely number, for the pace. */
export const likelyTokens = (request: ModelRequest & { readonly maxOutputTokens: number }): number =>
  Math.ceil(sentBytes(request) / bytesPerToken) + request.maxOutputTokens;
