import type { BudgetLimits } from '@aegis/llm';
import type { JsonValue, ModelMessage, ModelResponse, ModelSpend, ModelTool, ToolCall } from '@aegis/spec';

/** A question, or a conversation that ends in one. */
export type AiPrompt = string | readonly ModelMessage[];

/** What a model answered. */
export interface AiAnswer {
  /** Empty where the model only calls tools. */
  readonly content: string;
  /** Those that it wrote as JSON text included. Never any where no tools were offered. */
  readonly toolCalls: readonly ToolCall[];
  /** `length` where the answer was cut at its limit. */
  readonly finishReason: ModelResponse['finishReason'];
  /** To be handed back unchanged with this answer in a conversation. */
  readonly providerState?: JsonValue | undefined;
}

export interface AiCallOptions {
  readonly system?: string | undefined;
  /** Which step asks, for the record. Default `ai`. */
  readonly node?: string | undefined;
  /** Default: the provider's own. */
  readonly promptVersion?: string | undefined;
  /** In tokens. Default: the provider's. */
  readonly maxOutputTokens?: number | undefined;
  /** Rejects with `model/cancelled` when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Any model, as questions about lineage need it. What it is given is sent as it is: whoever asks masks values first.
 * Failures are `LanguageModelError`s.
 */
export interface AiProvider {
  /** E.g. `ollama`. */
  readonly provider: string;
  readonly model: string;
  /** One call without tools. `context` comes before the question. */
  query(
    prompt: AiPrompt,
    context?: string,
    system?: string,
    options?: Omit<AiCallOptions, 'system'>,
  ): Promise<AiAnswer>;
  /** One call in which the model may ask for tools; whoever asks runs them and asks again. */
  queryWithTools(
    prompt: AiPrompt,
    tools: readonly ModelTool[],
    context?: string,
    options?: AiCallOptions,
  ): Promise<AiAnswer>;
  /** Of all calls so far. */
  spent(): ModelSpend;
  /** The same model with limits of its own; what it spends is not counted here. */
  withBudget?(limits: BudgetLimits): AiProvider;
}
