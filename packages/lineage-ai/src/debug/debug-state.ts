import type { Claim, DebugAnswer, ModelMessage, StopReason, ToolCall, ToolUse } from '@aegis/spec';
import type { ToolAnswer } from '../toolbox/tools.js';

/** A tool call with its result as data, so that it can be told whether it reproduces. */
export interface Finding extends ToolUse {
  readonly result: ToolAnswer['result'];
}

/** The state of one inquiry between its steps. */
export interface DebugState {
  readonly messages: readonly ModelMessage[];
  readonly findings: readonly Finding[];
  /** Asked for by the last answer. */
  readonly asked: readonly ToolCall[];
  /** Answers with tool calls that were followed. */
  readonly iterations: number;
  /** Set once the loop has ended. */
  readonly stop: StopReason | null;
  /** The last answer, as the model wrote it. */
  readonly said: string;
  readonly error: DebugAnswer['error'];
  readonly told: Pick<DebugAnswer, 'answer' | 'verdict'> & { readonly claims: readonly Claim[] };
}
