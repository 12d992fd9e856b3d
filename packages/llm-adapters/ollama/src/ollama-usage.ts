import type { ModelUsage } from '@aegis/spec';

export interface OllamaCounts {
  readonly prompt_eval_count?: number | undefined;
  readonly eval_count?: number | undefined;
}

/** Ollama counts neither what it kept from earlier requests nor what the model thought apart. */
export const usageOf = ({
  prompt_eval_count: inputTokens = 0,
  eval_count: outputTokens = 0,
}: OllamaCounts): ModelUsage => ({
  ...{ inputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 },
  ...{ outputTokens, reasoningTokens: 0 },
});
