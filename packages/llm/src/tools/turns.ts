import type { ModelMessage, ModelResponse, ModelTool, ToolCall } from '@aegis/spec';
import { writtenToolCalls } from './written-tool-calls.js';

/** The tools that an answer asks for; where it makes no call, those that it wrote as JSON text. */
export const askedTools = (
  { toolCalls, text }: Pick<ModelResponse, 'toolCalls' | 'text'>,
  tools: readonly Pick<ModelTool, 'name'>[],
  idPrefix: string,
): readonly ToolCall[] =>
  toolCalls.length > 0 ? toolCalls : writtenToolCalls(text, new Set(tools.map(({ name }) => name)), idPrefix);

/** The model's turn of the conversation. Calls that were written as text are not said twice. */
export const assistantTurn = (
  response: Pick<ModelResponse, 'text' | 'toolCalls' | 'providerState'>,
  asked: readonly ToolCall[] = [],
): ModelMessage => ({
  ...{ role: 'assistant', content: asked.length > response.toolCalls.length ? '' : response.text },
  ...(asked.length > 0 && { toolCalls: asked }),
  ...(response.providerState !== undefined && { providerState: response.providerState }),
});

/**
 * A conversation with its tool calls told as text, for a request without tools: vendors refuse tool messages in one. The
 * first `kept` messages stay as they are.
 */
export const toldAsText = (messages: readonly ModelMessage[], kept = 1): readonly ModelMessage[] => {
  const lines = messages.slice(kept).flatMap(told);
  if (lines.length === 0) return messages;
  return [
    ...messages.slice(0, kept),
    { role: 'assistant', content: 'I will look into it with the tools.' },
    {
      role: 'user',
      content: `${lines.join('\n\n')}\n\nNo tool can be called any more. Answer with what you know now.`,
    },
  ];
};

const told = (message: ModelMessage): readonly string[] => {
  if (message.role === 'tool')
    return [`The tool answered${message.isError ? ' with an error' : ''}:\n${message.content}`];
  if (message.role === 'user') return [message.content];
  const calls = (message.toolCalls ?? []).map(
    ({ name, arguments: given }) => `You called ${name}(${JSON.stringify(given)}).`,
  );
  return [...(message.content === '' ? [] : [`You said: ${message.content}`]), ...calls];
};
