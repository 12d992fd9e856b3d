import type {
  JsonValue,
  ModelMessage,
  ModelRequest,
  ModelResponse,
  ModelSpend,
  ModelTool,
  NarratorSession,
} from '@aegis/spec';
import type { z } from 'zod';

/** Who asks, and where the call is written down. Every call of a run has one. */
export interface CallContext {
  readonly session: NarratorSession;
  /** `null` for calls that concern no single rule. */
  readonly ruleId: string | null;
  /** e.g. `diagnose/1`. */
  readonly promptVersion: string;
}

/** A tool that a model may call. `run` never rejects for what the model did wrong: it answers with `isError`. */
export interface RuntimeTool extends ModelTool {
  run(
    input: JsonValue,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly content: string; readonly isError?: boolean }>;
}

export interface ToolRun {
  /** The last answer without tool calls; the answer to the final request at the cap. */
  readonly response: ModelResponse;
  readonly stop: 'answered' | 'max_iterations';
  /** The whole conversation, the last answer included. */
  readonly messages: readonly ModelMessage[];
}

/**
 * A model with everything that an adapter leaves out: retry, time limits, pace, budget, prices, and the record of every
 * call. Masking is the caller's: what it is given is sent as it is.
 */
export interface ModelRuntime {
  readonly provider: string;
  readonly model: string;
  /** One call. @throws LanguageModelError, `budget` when it could cost more than is left */
  generate(request: ModelRequest, call: CallContext): Promise<ModelResponse>;
  /** An answer that fits the schema, after one repair at most. @throws LanguageModelError `invalid-output` */
  answer<Schema extends z.ZodType>(request: ModelRequest, schema: Schema, call: CallContext): Promise<z.output<Schema>>;
  /** Calls the tools that the model asks for until it answers without; at the cap, asks once more for an answer. */
  useTools(
    request: ModelRequest,
    tools: readonly RuntimeTool[],
    call: CallContext,
    options: { readonly maxIterations: number },
  ): Promise<ToolRun>;
  /** Every call so far, repairs included. */
  spent(): ModelSpend;
  /** Counts what an earlier process spent on the same run. */
  begin(spent: ModelSpend): void;
}
