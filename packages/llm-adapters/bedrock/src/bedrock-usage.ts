import type { ModelUsage } from '@aegis/spec';
import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';

/** The vendor counts cached tokens apart, as the contract does; thoughts it counts as output alone. */
export const usageOf = (usage: Partial<TokenUsage> | undefined): ModelUsage => ({
  inputTokens: usage?.inputTokens ?? 0,
  cacheReadTokens: usage?.cacheReadInputTokens ?? 0,
  cacheWriteTokens: usage?.cacheWriteInputTokens ?? 0,
  outputTokens: usage?.outputTokens ?? 0,
  reasoningTokens: 0,
});
