import {
  askedTools,
  type BudgetLimits,
  type CallContext,
  createRuntime,
  type ModelRuntime,
  type RuntimeOptions,
} from '@aegis/llm';
import type {
  LanguageModel,
  ModelMessage,
  ModelRequest,
  ModelResponse,
  ModelSpend,
  ModelTool,
  NarratorSession,
} from '@aegis/spec';
import type { AiAnswer, AiCallOptions, AiPrompt, AiProvider } from './ai-provider.js';

export interface ModelProviderOptions extends RuntimeOptions {
  /** Where calls are written down. Default: nowhere. */
  readonly session?: Pick<NarratorSession, 'recall' | 'record' | 'signal'> | undefined;
}

const unrecorded: Pick<NarratorSession, 'recall' | 'record'> = {
  recall: async () => undefined,
  record: async () => undefined,
};

/** A language model with retry, budget, prices and a record of its calls. */
export class ModelProvider implements AiProvider {
  readonly #model: LanguageModel;
  readonly #options: ModelProviderOptions;
  readonly #runtime: ModelRuntime;
  #calls = 0;

  /** @throws ConfigError `usage` for a limit in dollars where the model's price is not known */
  constructor(model: LanguageModel, options: ModelProviderOptions = {}) {
    const { session: _session, ...limits } = options;
    this.#model = model;
    this.#options = options;
    this.#runtime = createRuntime(model, limits);
  }

  get provider(): string {
    return this.#runtime.provider;
  }

  get model(): string {
    return this.#runtime.model;
  }

  async query(
    prompt: AiPrompt,
    context?: string,
    system?: string,
    options: Omit<AiCallOptions, 'system'> = {},
  ): Promise<AiAnswer> {
    return answerOf(await this.#ask(messagesOf(prompt, context), { ...options, system }), []);
  }

  async queryWithTools(
    prompt: AiPrompt,
    tools: readonly ModelTool[],
    context?: string,
    options: AiCallOptions = {},
  ): Promise<AiAnswer> {
    this.#calls += 1;
    const offered = tools.map(({ name, description, parameters }): ModelTool => ({ name, description, parameters }));
    const response = await this.#ask(messagesOf(prompt, context), options, offered);
    return answerOf(response, askedTools(response, tools, `written-${this.#calls}`));
  }

  spent(): ModelSpend {
    return this.#runtime.spent();
  }

  withBudget(limits: BudgetLimits): AiProvider {
    return new ModelProvider(this.#model, { ...this.#options, ...limits });
  }

  #ask(
    messages: readonly ModelMessage[],
    { system, signal, maxOutputTokens, ...call }: AiCallOptions,
    tools?: readonly ModelTool[],
  ): Promise<ModelResponse> {
    const request: ModelRequest = {
      messages,
      ...(system !== undefined && { system }),
      ...(tools !== undefined && tools.length > 0 && { tools }),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      ...(signal !== undefined && { signal }),
    };
    return this.#runtime.generate(request, this.#context(call));
  }

  #context({ node = 'ai', promptVersion = 'ai/1' }: Pick<AiCallOptions, 'node' | 'promptVersion'>): CallContext {
    return { session: { ...(this.#options.session ?? unrecorded), node }, ruleId: null, promptVersion };
  }
}

const messagesOf = (prompt: AiPrompt, context: string | undefined): readonly ModelMessage[] => {
  const told = context === undefined || context === '' ? [] : [context];
  if (typeof prompt === 'string') return [{ role: 'user', content: [...told, prompt].join('\n\n') }];
  const [first, ...others] = prompt;
  if (told.length === 0 || first?.role !== 'user') return prompt;
  return [{ role: 'user', content: [...told, first.content].join('\n\n') }, ...others];
};

/** Written calls are told apart from words, so that the words are not said twice. */
const answerOf = (
  { text, finishReason, providerState, toolCalls: made }: ModelResponse,
  toolCalls: AiAnswer['toolCalls'],
): AiAnswer => ({
  content: toolCalls.length > made.length ? '' : text,
  toolCalls,
  finishReason: toolCalls.length > 0 ? 'tool_calls' : finishReason,
  ...(providerState !== undefined && { providerState }),
});
