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
  const calls = message.content.flatMap((block) => (block.type === 'tool_use' ? [callOf(block)] : []));
  const isAnswer = ({ name }: ToolCall): boolean => binding.by === 'tool' && name === answerTool;
  const toolCalls = calls.filter((call) => !isAnswer(call));
  const providerState = stateOf(message.content);
  return {
    ...answerOf(message, binding, { answer: calls.find(isAnswer), isCalling: toolCalls.length > 0 }),
    toolCalls,
    finishReason: finishReasonOf(message, toolCalls.length > 0),
    usage: usageOf(message.usage),
    model: message.model ?? '',
    ...(providerState !== undefined && { providerState }),
  };
};

/** To call the tool that takes the answer is to answer. */
const finishReasonOf = (
  { stop_reason: reason }: Anthropic.Message,
  isCalling: boolean,
): ModelResponse['finishReason'] => {
  if (reason === 'tool_use' && !isCalling) return 'stop';
  return (reason && finishReasons[reason]) ?? 'other';
};

/** What the model said, and the value of it. Arguments that were cut off at the token limit are no value. */
const answerOf = (
  message: Anthropic.Message,
  { by }: SchemaBinding,
  { answer, isCalling }: { readonly answer: ToolCall | undefined; readonly isCalling: boolean },
): Pick<ModelResponse, 'text' | 'object'> => {
  if (answer === undefined) {
    const text = textOf(message);
    const object = by === 'format' && !isCalling ? parsed(text) : undefined;
    return object === undefined ? { text } : { text, object };
  }
  const text = JSON.stringify(answer.arguments);
  return message.stop_reason === 'tool_use' ? { text, object: answer.arguments } : { text };
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
