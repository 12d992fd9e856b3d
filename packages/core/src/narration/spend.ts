import type { DecisionRecord, ModelSpend } from '@aegis/spec';

export const nothingSpent: ModelSpend = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** One call more. One unknown price makes the sum unknown. */
export const withCall = (
  spent: ModelSpend,
  { inputTokens, outputTokens, costUsd }: Pick<DecisionRecord, 'inputTokens' | 'outputTokens' | 'costUsd'>,
): ModelSpend => ({
  calls: spent.calls + 1,
  inputTokens: spent.inputTokens + inputTokens,
  outputTokens: spent.outputTokens + outputTokens,
  costUsd: spent.costUsd === null || costUsd === null ? null : spent.costUsd + costUsd,
});
