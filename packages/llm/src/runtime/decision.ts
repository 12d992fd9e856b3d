import {
  type DecisionRecord,
  isAegisError,
  type JsonValue,
  type ModelMessage,
  type ModelRequest,
  type ModelResponse,
  type ModelUsage,
  type ToolCall,
} from '@aegis/spec';
import type { CallContext } from './model-runtime.js';

/** How a call ended, for the record. */
export interface CallEnd {
  readonly model: string;
  readonly response: string;
  readonly usage: ModelUsage;
  readonly costUsd: number | null;
  readonly latencyMs: number;
}

/** One call as the audit trail keeps it. */
export const decisionOf = (
  request: ModelRequest,
  { session, ruleId, promptVersion }: CallContext,
  { usage, latencyMs, ...end }: CallEnd,
): DecisionRecord => ({
  ...end,
  node: session.node,
  ruleId,
  promptVersion,
  prompt: promptText(request),
  inputTokens: inputTokensOf(usage),
  outputTokens: usage.outputTokens,
  latencyMs: Math.round(latencyMs),
});

/** Cached ones included. */
export const inputTokensOf = (usage: ModelUsage): number =>
  usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;

/** What the model said: its words, else its structured answer; then the tools that it asked for. */
export const responseText = ({ text, object, toolCalls }: ModelResponse): string =>
  saidAndCalled(text === '' && object !== undefined ? JSON.stringify(object) : text, toolCalls);

/** What went wrong, where an answer would stand. */
export const failureText = (error: unknown, attempts: number): string => {
  const code = isAegisError(error) ? `${error.code}: ` : '';
  const message = error instanceof Error ? error.message : String(error);
  return `${code}${message}${attempts > 1 ? ` (${attempts} attempts)` : ''}`;
};

/** The JSON list of messages that the audit trail exports as turns. */
const promptText = ({ system, messages }: ModelRequest): string =>
  JSON.stringify([...(system === undefined ? [] : [{ role: 'system', content: system }]), ...messages.map(turn)]);

const turn = (message: ModelMessage): JsonValue => ({
  role: message.role,
  content: message.role === 'assistant' ? saidAndCalled(message.content, message.toolCalls ?? []) : message.content,
});

const saidAndCalled = (text: string, toolCalls: readonly ToolCall[]): string => {
  if (toolCalls.length === 0) return text;
  const called = JSON.stringify({
    tool_calls: toolCalls.map(({ name, arguments: given }) => ({ name, arguments: given })),
  });
  return text === '' ? called : `${text}\n${called}`;
};
