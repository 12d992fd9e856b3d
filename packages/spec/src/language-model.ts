import type { JsonObject, JsonValue } from './json.js';

/** Token counts of one call. Cached tokens are not part of `inputTokens`. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: JsonValue;
}

export type ModelMessage =
  | { readonly role: 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string;
      readonly toolCalls?: readonly ToolCall[];
      /** What the adapter returned with this answer, handed back unchanged. */
      readonly providerState?: JsonValue;
    }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string; readonly isError?: boolean };

export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
}

export interface ModelRequest {
  readonly system?: string;
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ModelTool[];
  /** JSON Schema that the answer must fit. */
  readonly responseSchema?: JsonObject;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly signal?: AbortSignal;
}

export interface ModelResponse {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** The structured answer, when a `responseSchema` was given. Not yet validated. */
  readonly object?: JsonValue;
  readonly finishReason: 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'other';
  readonly usage: ModelUsage;
  /** The model that answered, as the vendor names it. */
  readonly model: string;
  readonly providerState?: JsonValue;
}

/**
 * A language model. An adapter maps a request, a response, usage and an error; retry, timeouts, repair, budgets,
 * prices and redaction live in `@aegis/llm`.
 *
 * @experimental
 */
export interface LanguageModel {
  readonly contract: 'language-model/v1';
  /** e.g. `anthropic`. */
  readonly provider: string;
  readonly model: string;
  generate(request: ModelRequest): Promise<ModelResponse>;
}

/** What every model package exports as `adapter`. */
export interface LanguageModelAdapter {
  readonly contract: 'language-model/v1';
  /** The `provider` in aegis.yaml, e.g. `anthropic`. */
  readonly type: string;
  /** The model when none is named. Model ids age: it is a default, not a promise. */
  readonly defaultModel: string;
  /** Understood by `options`; a Standard Schema (zod) validator. */
  readonly optionsSchema: unknown;
  /** @throws ConfigError `invalid` for options that do not fit. Opens nothing and reads no key. */
  create(model: string, options: unknown, context: ModelContext): LanguageModel;
}

export interface ModelContext {
  /** Where keys and hosts are looked up, at the first call. */
  readonly env: { readonly [name: string]: string | undefined };
}
