import type { ModelUsage } from '@aegis/spec';
import { z } from 'zod';

const count = z.number().nonnegative().catch(0).default(0);
const counts = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).nullish().catch(undefined);

/** Token counts as servers of the protocol send them; what one leaves out or miswrites counts nothing. */
export const usageSchema = counts({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: counts({ cached_tokens: count, cache_write_tokens: count }),
  completion_tokens_details: counts({ reasoning_tokens: count }),
});

/** OpenAI counts cached tokens as part of the prompt; the contract does not. */
export const usageOf = (usage: z.output<typeof usageSchema>): ModelUsage => {
  const { cached_tokens: cacheReadTokens = 0, cache_write_tokens: cacheWriteTokens = 0 } =
    usage?.prompt_tokens_details ?? {};
  return {
    inputTokens: Math.max(0, (usage?.prompt_tokens ?? 0) - cacheReadTokens - cacheWriteTokens),
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens: usage?.completion_tokens ?? 0,
    reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens ?? 0,
  };
};
