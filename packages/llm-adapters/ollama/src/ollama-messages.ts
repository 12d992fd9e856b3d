import type { JsonObject, JsonValue, ModelMessage, ModelRequest, ModelTool, ToolCall } from '@aegis/spec';
import type { ChatRequest, Message, Tool } from 'ollama';
import type { ResolvedOllamaOptions } from './ollama-options.js';
import { thinkingIn } from './ollama-state.js';

/** In the server's types, though not in the SDK's. @see https://github.com/ollama/ollama/blob/main/api/types.go */
type Params = ChatRequest & { readonly stream: false; readonly truncate: boolean; readonly shift: boolean };

export interface ParamsContext {
  readonly model: string;
  readonly options: Pick<ResolvedOllamaOptions, 'contextLength' | 'think' | 'keepAlive'>;
}

/** The request in the words of Ollama's API. What does not fit into the context is an error there, and not cut. */
export const createParams = (request: ModelRequest, { model, options }: ParamsContext): Params => ({
  model,
  messages: [
    ...systemMessage(request),
    ...request.messages.map((message, at) => messageOf(message, request.messages.slice(0, at))),
  ],
  ...{ stream: false, truncate: false, shift: false },
  ...(hasTools(request) && { tools: request.tools?.map(toolOf) ?? [] }),
  ...format(request),
  ...(options.think !== undefined && { think: options.think }),
  ...(options.keepAlive !== undefined && { keep_alive: options.keepAlive }),
  options: {
    ...(request.maxOutputTokens !== undefined && { num_predict: request.maxOutputTokens }),
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    ...(options.contextLength !== undefined && { num_ctx: options.contextLength }),
  },
});

/**
 * None beside tools: a model whose every word is bound cannot call one.
 * @see https://github.com/ollama/ollama/issues/13750
 */
const format = (request: ModelRequest): Pick<Params, 'format'> =>
  request.responseSchema === undefined || hasTools(request) ? {} : { format: request.responseSchema };

const hasTools = ({ tools = [] }: ModelRequest): boolean => tools.length > 0;

/** A format binds what the model writes, and tells it nothing: what a schema describes has to be said in words, too. */
const systemMessage = (request: ModelRequest): readonly Message[] => {
  const { system, responseSchema } = request;
  const told = responseSchema === undefined ? [] : [schemaInWords(responseSchema, hasTools(request))];
  const parts = [...(system ? [system] : []), ...told];
  return parts.length === 0 ? [] : [{ role: 'system', content: parts.join('\n\n') }];
};

const schemaInWords = (schema: JsonObject, hasTools: boolean): string =>
  `${hasTools ? 'Call tools as long as you need them. Then answer' : 'Answer'} with nothing but one JSON value that fits this JSON Schema:\n${JSON.stringify(schema)}`;

const messageOf = (message: ModelMessage, before: readonly ModelMessage[]): Message => {
  if (message.role === 'assistant') return assistantMessage(message);
  if (message.role === 'user') return { role: 'user', content: message.content };
  const content = message.isError ? `Error: ${message.content}` : message.content;
  const name = nameOf(message.toolCallId, before);
  return { role: 'tool', content, ...(name !== undefined && { tool_name: name }) };
};

const assistantMessage = ({
  content,
  toolCalls = [],
  providerState,
}: Extract<ModelMessage, { readonly role: 'assistant' }>): Message => {
  const thinking = thinkingIn(providerState);
  return {
    ...{ role: 'assistant', content },
    ...(thinking !== undefined && { thinking }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toolCallOf) }),
  };
};

/** Results are told by the name of their tool: that of the last call with this id. */
const nameOf = (id: string, before: readonly ModelMessage[]): string | undefined =>
  before
    .flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
    .findLast((call) => call.id === id)?.name;

const toolCallOf = ({ name, arguments: given }: ToolCall) => ({
  function: { name, arguments: isObject(given) ? { ...given } : { input: given } },
});

const toolOf = ({ name, description, parameters }: ModelTool): Tool => ({
  type: 'function',
  function: { name, description, parameters: parameters as NonNullable<Tool['function']['parameters']> },
});

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
