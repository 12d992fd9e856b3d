import type { ModelSpend } from '@aegis/spec';

/** What was spent between two moments; an unknown price then or now leaves it unknown. */
export const spentSince = (before: ModelSpend, after: ModelSpend): ModelSpend => ({
  calls: after.calls - before.calls,
  inputTokens: after.inputTokens - before.inputTokens,
  outputTokens: after.outputTokens - before.outputTokens,
  costUsd: before.costUsd === null || after.costUsd === null ? null : after.costUsd - before.costUsd,
});
