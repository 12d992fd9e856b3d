import type { LanguageModel, ModelRequest, ModelResponse, ModelUsage } from '@aegis/spec';

export const usageOf = (counts: Partial<ModelUsage>): ModelUsage => ({
  ...{ inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 },
  ...counts,
});

const responseOf = (parts: Partial<ModelResponse>): ModelResponse => ({
  ...{ text: '', toolCalls: [], finishReason: 'stop', usage: usageOf({}), model: '' },
  ...parts,
});

/** A model under a name whose price is known, which answers as a function says. */
export const modelOf = (
  answer: (request: ModelRequest, number: number) => Promise<Partial<ModelResponse>> | Partial<ModelResponse>,
  name: { readonly provider?: string; readonly model?: string } = {},
): LanguageModel & { readonly requests: readonly ModelRequest[] } => {
  const requests: ModelRequest[] = [];
  return {
    ...{ contract: 'language-model/v1', provider: 'anthropic', model: 'claude-haiku-4-5', requests },
    ...name,
    async generate(request) {
      requests.push(request);
      return responseOf(await answer(request, requests.length));
    },
  };
};
