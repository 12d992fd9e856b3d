import type { JsonValue, ModelResponse, ToolCall } from '@aegis/spec';
import type { ContentBlock, ConverseCommandOutput, ToolUseBlock } from '@aws-sdk/client-bedrock-runtime';
import { noMessage } from './bedrock-errors.js';
import { answerTool, type SchemaBinding } from './bedrock-schema.js';
import { stateOf } from './bedrock-state.js';
import { usageOf } from './bedrock-usage.js';

type Output = Partial<ConverseCommandOutput>;

const finishReasons: { readonly [reason: string]: ModelResponse['finishReason'] } = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
  refusal: 'content_filter',
};

/**
 * An answer of Converse in terms of the contract.
 * @throws LanguageModelError `unknown` for what is none
 */
export const responseOf = (output: Output, binding: SchemaBinding, model: string): ModelResponse => {
  const content = contentIn(output);
  const calls = content.flatMap(({ toolUse }) => (toolUse ? [callOf(toolUse)] : []));
  const answer = binding.by === 'tool' ? calls.find(({ name }) => name === answerTool) : undefined;
  const toolCalls = calls.filter((call) => call !== answer);
  const text = answer === undefined ? textOf(content) : JSON.stringify(answer.arguments);
  const isText = (binding.by === 'format' || binding.by === 'words') && toolCalls.length === 0;
  const object = answer?.arguments ?? (isText ? parsed(text) : undefined);
  const providerState = stateOf(content);
  return {
    text,
    toolCalls,
    ...(object !== undefined && { object }),
    finishReason: answer !== undefined && toolCalls.length === 0 ? 'stop' : finishReasonOf(output),
    usage: usageOf(output.usage),
    // Only a prompt router says which model it asked.
    model: output.trace?.promptRouter?.invokedModelId ?? model,
    ...(providerState !== undefined && { providerState }),
  };
};

const contentIn = ({ output }: Output): readonly ContentBlock[] => {
  const content: unknown = output?.message?.content;
  if (!Array.isArray(content)) throw noMessage();
  return content;
};

const finishReasonOf = ({ stopReason }: Output): ModelResponse['finishReason'] =>
  (stopReason && finishReasons[stopReason]) ?? 'other';

const callOf = ({ toolUseId = '', name = '', input = {} }: ToolUseBlock): ToolCall => ({
  id: toolUseId,
  name,
  arguments: input as JsonValue,
});

const textOf = (content: readonly ContentBlock[]): string => content.map(({ text = '' }) => text).join('');

const parsed = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
