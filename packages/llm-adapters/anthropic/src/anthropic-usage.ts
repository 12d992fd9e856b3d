import type { ModelUsage } from '@aegis/spec';
import type { Anthropic } from '@anthropic-ai/sdk';

/** The vendor counts cached tokens apart, as the contract does, and thoughts as a part of the output. */
export const usageOf = (usage: Partial<Anthropic.Usage> | undefined): ModelUsage => ({
  inputTokens: usage?.input_tokens ?? 0,
  cacheReadTokens: usage?.cache_read_input_tokens ?? 0,
  cacheWriteTokens: usage?.cache_creation_input_tokens ?? 0,
  outputTokens: usage?.output_tokens ?? 0,
  reasoningTokens: usage?.output_tokens_details?.thinking_tokens ?? 0,
});
