import type { ModelSpend } from '@aegis/spec';

export const nothingSpent: ModelSpend = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** One unknown price makes the sum unknown. */
export const spentTogether = (left: ModelSpend, right: ModelSpend): ModelSpend => ({
  calls: left.calls + right.calls,
  inputTokens: left.inputTokens + right.inputTokens,
  outputTokens: left.outputTokens + right.outputTokens,
  costUsd: left.costUsd === null || right.costUsd === null ? null : left.costUsd + right.costUsd,
});
