import type { JsonObject, JsonValue, ModelMessage, ModelRequest, ModelTool, ToolCall } from '@aegis/spec';
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionFunctionTool,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { Concessions } from './openai-concessions.js';
import { strictSchema } from './openai-schema.js';
import { stateFields } from './openai-state.js';

type Params = ChatCompletionCreateParamsNonStreaming;

export interface ParamsOptions {
  readonly model: string;
  readonly reasoningEffort: string | undefined;
  /** What the server at the other end does not know. */
  readonly concessions: Concessions;
}

/** The request in the words of Chat Completions. */
export const createParams = (
  request: ModelRequest,
  { model, reasoningEffort, concessions }: ParamsOptions,
): Params => ({
  model,
  messages: [...systemMessage(request, concessions), ...request.messages.map(messageOf)],
  ...(request.tools?.length && { tools: request.tools.map(toolOf) }),
  ...answerFormat(request.responseSchema, concessions),
  ...tokenLimit(request.maxOutputTokens, concessions),
  ...(request.temperature !== undefined && !concessions.has('no-temperature') && { temperature: request.temperature }),
  ...(reasoningEffort !== undefined && {
    reasoning_effort: reasoningEffort as NonNullable<Params['reasoning_effort']>,
  }),
});

const systemMessage = (
  { system, responseSchema }: ModelRequest,
  concessions: Concessions,
): readonly ChatCompletionMessageParam[] => {
  const isTold = responseSchema !== undefined && isUnbound(concessions);
  const parts = [...(system ? [system] : []), ...(isTold ? [schemaInWords(responseSchema)] : [])];
  return parts.length === 0 ? [] : [{ role: 'system', content: parts.join('\n\n') }];
};

const isUnbound = (concessions: Concessions) => concessions.has('json-object') || concessions.has('no-format');

const schemaInWords = (schema: JsonObject): string =>
  `Answer with nothing but one JSON value that fits this JSON Schema:\n${JSON.stringify(schema)}`;

const answerFormat = (schema: JsonObject | undefined, concessions: Concessions): Pick<Params, 'response_format'> => {
  if (schema === undefined || concessions.has('no-format')) return {};
  if (concessions.has('json-object')) return { response_format: { type: 'json_object' } };
  const strict = concessions.has('loose-schema') ? undefined : strictSchema(schema);
  const bound = strict === undefined ? { schema, strict: false } : { schema: strict, strict: true };
  return { response_format: { type: 'json_schema', json_schema: { name: 'answer', ...bound } } };
};

const tokenLimit = (
  limit: number | undefined,
  concessions: Concessions,
): Pick<Params, 'max_tokens' | 'max_completion_tokens'> => {
  if (limit === undefined) return {};
  const isOld = concessions.has('max-tokens') && !concessions.has('max-completion-tokens');
  return isOld ? { max_tokens: limit } : { max_completion_tokens: limit };
};

const messageOf = (message: ModelMessage): ChatCompletionMessageParam => {
  if (message.role === 'assistant') return assistantMessage(message);
  if (message.role === 'user') return { role: 'user', content: message.content };
  const content = message.isError ? `Error: ${message.content}` : message.content;
  return { role: 'tool', tool_call_id: message.toolCallId, content };
};

const assistantMessage = ({
  content,
  toolCalls = [],
  providerState,
}: Extract<ModelMessage, { readonly role: 'assistant' }>): ChatCompletionAssistantMessageParam => ({
  role: 'assistant',
  content: content === '' && toolCalls.length > 0 ? null : content,
  ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toolCallOf) }),
  ...stateFields(providerState),
});

const toolCallOf = ({ id, name, arguments: given }: ToolCall): ChatCompletionMessageFunctionToolCall => ({
  id,
  type: 'function',
  function: { name, arguments: JSON.stringify(isObject(given) ? given : { input: given }) },
});

const toolOf = ({ name, description, parameters }: ModelTool): ChatCompletionFunctionTool => ({
  type: 'function',
  function: { name, description, parameters: { ...parameters } },
});

const isObject = (value: JsonValue): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
