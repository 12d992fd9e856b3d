import type { JsonValue, ModelRequest, ModelResponse, ToolCall } from '@aegis/spec';
import { z } from 'zod';
import { noChat } from './ollama-errors.js';
import { stateOf } from './ollama-state.js';
import { usageOf } from './ollama-usage.js';

const count = z.number().nonnegative().optional().catch(undefined);

const chatSchema = z.object({
  model: z.string().catch(''),
  message: z.object({
    content: z.string().default(''),
    thinking: z.string().optional().catch(undefined),
    tool_calls: z
      .array(
        z.object({
          // Newer servers give ids, which are documented nowhere.
          id: z.string().min(1).optional().catch(undefined),
          function: z.object({ name: z.string(), arguments: z.json().default({}) }),
        }),
      )
      .nullish(),
  }),
  done_reason: z.string().optional(),
  prompt_eval_count: count,
  eval_count: count,
});

type Chat = z.output<typeof chatSchema>;

/**
 * An answer of the API in terms of the contract.
 * @throws LanguageModelError `unknown` for what is none
 */
export const responseOf = (chat: unknown, request: ModelRequest, model: string): ModelResponse => {
  const parsed = chatSchema.safeParse(chat);
  if (!parsed.success) throw noChat();
  const { message } = parsed.data;
  const toolCalls = toolCallsOf(message, request.messages.length);
  const isBound = request.responseSchema !== undefined && toolCalls.length === 0;
  const object = isBound ? parsedJson(message.content) : undefined;
  const providerState = stateOf(message.thinking);
  return {
    text: message.content,
    toolCalls,
    ...(object !== undefined && { object }),
    finishReason: finishReasonOf(parsed.data, toolCalls),
    usage: usageOf(parsed.data),
    model: parsed.data.model || model,
    ...(providerState !== undefined && { providerState }),
  };
};

/** Ids are unique within the conversation, and the same when it is had again. */
const toolCallsOf = ({ tool_calls: calls }: Chat['message'], turn: number): readonly ToolCall[] =>
  (calls ?? []).map(({ id, function: { name, arguments: given } }, index) => ({
    ...{ id: id ?? `call_${turn}_${index + 1}`, name },
    arguments: given,
  }));

const parsedJson = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const finishReasonOf = (
  { done_reason: reason }: Chat,
  toolCalls: readonly ToolCall[],
): ModelResponse['finishReason'] => {
  if (reason === 'length') return 'length';
  if (toolCalls.length > 0) return 'tool_calls';
  return reason === 'stop' ? 'stop' : 'other';
};
