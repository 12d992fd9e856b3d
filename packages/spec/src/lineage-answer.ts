import type { JsonValue } from './json.js';
import type { ModelMessage } from './language-model.js';
import type { ModelSpend } from './ports.js';

/** How a table is made, in a model's words. */
export interface LineageExplanation {
  readonly answer: string;
  /** Tables that the model was told of. */
  readonly shown: readonly string[];
  /** What had no room: tables, or the SQL of some. */
  readonly leftOut: readonly string[];
  /** Whether the answer ended by itself. */
  readonly isComplete: boolean;
  readonly cost: ModelSpend;
}

/** `error`: a model call failed; what was found out until then is in the transcript. */
export type StopReason = 'answered' | 'max_iterations' | 'budget' | 'error';

/** A tool call of the model, and what it was told. */
export interface ToolUse {
  /** What claims cite, e.g. `r1`. */
  readonly id: string;
  readonly tool: string;
  readonly arguments: JsonValue;
  readonly content: string;
  readonly isError: boolean;
}

/**
 * What became of a citation when its tool was called again. `reproduced`: it gave the same. `changed`: it gave something
 * else. `failed`: it gave an error, now or then. `unknown`: no tool call has this id.
 */
export type CitationStatus = 'reproduced' | 'changed' | 'failed' | 'unknown';

export interface Citation {
  /** Of a {@link ToolUse}. */
  readonly id: string;
  readonly status: CitationStatus;
}

/** One statement of an answer, with the tool results that it rests on. */
export interface Claim {
  readonly text: string;
  readonly citations: readonly Citation[];
  /** Whether it cites something, and all of it gave the same when it was asked again. */
  readonly isSupported: boolean;
}

export interface DebugAnswer {
  /** What the model concludes, in its words; why there is nothing where it did not come to that. */
  readonly answer: string;
  /** `insufficient_evidence`: the model says that what it could see does not answer the question, or it never answered. */
  readonly verdict: 'explained' | 'insufficient_evidence';
  readonly claims: readonly Claim[];
  readonly stopReason: StopReason;
  /** Tool calls in the order they were made. */
  readonly evidence: readonly ToolUse[];
  /** The whole conversation, masked as it was sent. */
  readonly transcript: readonly ModelMessage[];
  readonly cost: ModelSpend;
  /** What stopped it early; `null` where nothing did. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
}

/** What happens in an inquiry, as it happens. */
export type DebugEvent =
  /** The model is asked; from 1. */
  | { readonly type: 'asked'; readonly iteration: number }
  | { readonly type: 'looking'; readonly id: string; readonly tool: string; readonly arguments: JsonValue }
  | {
      readonly type: 'found';
      readonly id: string;
      readonly tool: string;
      readonly isError: boolean;
      readonly content: string;
    }
  /** The cap is reached: one call more, without tools. */
  | { readonly type: 'concluding' }
  /** Tool calls that the answer cites are made once more. */
  | { readonly type: 'verifying'; readonly ids: readonly string[] };
