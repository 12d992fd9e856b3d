import type { AiAnswer, AiPrompt, AiProvider } from '@aegis/lineage-ai';
import type { ToolCall } from '@aegis/spec';

/** What a scripted model does next: it calls tools, or it answers. */
export type Turn = { readonly calls: readonly Omit<ToolCall, 'id'>[] } | { readonly says: string };

/** What it has seen so far. */
export interface Seen {
  /** Answers with tool calls that it gave. */
  readonly turns: number;
  /** Everything it was sent, as text. */
  readonly text: string;
}

const nothingSpent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** A model whose every turn is a function of what it has seen. It takes part like any other: through the tools. */
export const scriptedProvider = (model: string, next: (seen: Seen) => Turn): AiProvider => {
  let calls = 0;
  const answer = (prompt: AiPrompt, context = ''): AiAnswer => {
    calls += 1;
    const turn = next(seenIn(prompt, context));
    if ('says' in turn) return { content: turn.says, toolCalls: [], finishReason: 'stop' };
    const toolCalls = turn.calls.map((call, index) => ({ id: `c${calls}.${index}`, ...call }));
    return { content: '', toolCalls, finishReason: 'tool_calls' };
  };
  return {
    provider: 'scripted',
    model,
    query: async (prompt, context) => answer(prompt, context),
    queryWithTools: async (prompt, _tools, context) => answer(prompt, context),
    spent: () => ({ ...nothingSpent, calls }),
  };
};

const seenIn = (prompt: AiPrompt, context: string): Seen => {
  if (typeof prompt === 'string') return { turns: 0, text: `${context}\n${prompt}` };
  const text = prompt.map((message) => ('content' in message ? String(message.content) : '')).join('\n');
  return { turns: prompt.filter(({ role }) => role === 'assistant').length, text: `${context}\n${text}` };
};

/** An answer as the inquiry asks for it. */
export const told = (
  verdict: 'explained' | 'insufficient_evidence',
  answer: string,
  claims: readonly { readonly text: string; readonly cites: readonly string[] }[],
): string => JSON.stringify({ verdict, answer, claims });
