import type { JsonValue, ModelResponse, ToolCall } from '@aegis/spec';
import type { Anthropic } from '@anthropic-ai/sdk';
import { answerTool, type SchemaBinding } from './anthropic-schema.js';
import { stateOf } from './anthropic-state.js';
import { usageOf } from './anthropic-usage.js';

/** Whether a host's answer is one of the Messages API, of which any host may be asked. */
export const isMessage = (value: unknown): value is Anthropic.Message =>
  typeof value === 'object' && value !== null && 'content' in value && Array.isArray(value.content);

const finishReasons: { readonly [reason in Anthropic.StopReason]: ModelResponse['finishReason'] } = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
  pause_turn: 'other',
};

/** A message of the API in terms of the contract. */
export const responseOf = (message: Anthropic.Message, binding: SchemaBinding): ModelResponse => {
  const { content, stop_reason: reason, usage, model = '' } = message;
  const calls = content.flatMap((block) => (block.type === 'tool_use' ? [callOf(block)] : []));
  const answer = binding.by === 'tool' ? calls.find(({ name }) => name === answerTool) : undefined;
  const toolCalls = calls.filter((call) => call !== answer);
  const text = answer === undefined ? textOf(message) : JSON.stringify(answer.arguments);
  const object = answer?.arguments ?? (binding.by === 'format' && toolCalls.length === 0 ? parsed(text) : undefined);
  const providerState = stateOf(content);
  return {
    text,
    toolCalls,
    ...(object !== undefined && { object }),
    finishReason:
      answer !== undefined && toolCalls.length === 0 ? 'stop' : ((reason && finishReasons[reason]) ?? 'other'),
    usage: usageOf(usage),
    model,
    ...(providerState !== undefined && { providerState }),
  };
};

const callOf = ({ id, name, input }: Anthropic.ToolUseBlock): ToolCall => ({ id, name, arguments: input as JsonValue });

/** A refusal without words is told in those of the vendor. */
const textOf = ({ content, stop_details: details }: Anthropic.Message): string => {
  const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return text === '' ? (details?.explanation ?? '') : text;
};

const parsed = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
