import type { JsonObject, JsonValue, ModelMessage, ModelRequest, ModelTool, ToolCall } from '@aegis/spec';
import type {
  ContentBlock,
  ConverseCommandInput,
  Message,
  SystemContentBlock,
  Tool,
  ToolUseBlock,
} from '@aws-sdk/client-bedrock-runtime';
import type { Concessions } from './bedrock-concessions.js';
import type { ResolvedBedrockOptions } from './bedrock-options.js';
import { answerTool, hasCache, isClaude, type SchemaBinding } from './bedrock-schema.js';
import { contentOf } from './bedrock-state.js';

export interface RequestSettings {
  readonly model: string;
  readonly binding: SchemaBinding;
  readonly options: Pick<ResolvedBedrockOptions, 'promptCache' | 'additionalFields'>;
  readonly concessions: Concessions;
}

/** A request of the contract as Converse takes it. */
export const converseInput = (request: ModelRequest, settings: RequestSettings): ConverseCommandInput => {
  const { model, binding, options } = settings;
  return {
    modelId: model,
    ...systemOf(request, settings),
    messages: messagesOf(request.messages, settings),
    ...toolsOf(request, binding),
    ...inferenceOf(request, settings),
    ...(binding.by === 'format' && { outputConfig: formatOf(binding.schema) }),
    ...(Object.keys(options.additionalFields).length > 0 && { additionalModelRequestFields: options.additionalFields }),
  };
};

const cachePoint = { cachePoint: { type: 'default' } } as const;

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

const isCached = ({ model, options, concessions }: RequestSettings): boolean =>
  !concessions.has('no-cache') && (options.promptCache ?? hasCache(model));

/** Calls of one kind begin with the same tools and system text: those are cached. */
const systemOf = ({ system }: ModelRequest, settings: RequestSettings): Pick<ConverseCommandInput, 'system'> => {
  const text = [system, askedOf(settings.binding)].filter((part) => !isBlank(part)).join('\n\n');
  if (text === '') return {};
  const blocks: SystemContentBlock[] = [{ text }];
  return { system: isCached(settings) ? [...blocks, cachePoint] : blocks };
};

/** What a binding that does not bind asks for. */
const askedOf = (binding: SchemaBinding): string | undefined => {
  if (binding.by === 'words')
    return `Answer with nothing but one JSON value that fits this JSON Schema:\n${JSON.stringify(binding.schema)}`;
  return binding.by === 'tool' && !binding.isForced ? `Give your answer by calling the tool ${answerTool}.` : undefined;
};

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: ContentBlock[];
}

/** Turns of the same role become one: the results of parallel calls have to stand in one message. */
const messagesOf = (messages: readonly ModelMessage[], settings: RequestSettings): Message[] => {
  const turns: Turn[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = blocksOf(message);
    const last = turns.at(-1);
    if (content.length === 0) continue;
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content: [...content] });
  }
  if (isLoop(messages) && isClaude(settings.model) && isCached(settings)) turns.at(-1)?.content.push(cachePoint);
  return turns;
};

/** A loop sends its whole conversation again each time. Nova takes no cache point behind the results of tools. */
const isLoop = (messages: readonly ModelMessage[]): boolean => messages.at(-1)?.role === 'tool';

const blocksOf = (message: ModelMessage): readonly ContentBlock[] => {
  if (message.role === 'user') return textBlocks(message.content);
  if (message.role === 'tool') return [resultBlock(message)];
  const said = [...textBlocks(message.content), ...(message.toolCalls ?? []).map(callBlock)];
  return contentOf(message.providerState, said);
};

/** Converse refuses text without letters. */
const textBlocks = (text: string): readonly ContentBlock[] => (isBlank(text) ? [] : [{ text }]);

const callBlock = ({ id, name, arguments: given }: ToolCall): ContentBlock => ({
  toolUse: { toolUseId: id, name, input: documentOf(isObject(given) ? given : { input: given }) },
});

const resultBlock = ({
  toolCallId,
  content,
  isError,
}: Extract<ModelMessage, { readonly role: 'tool' }>): ContentBlock => ({
  toolResult: {
    toolUseId: toolCallId,
    content: [{ text: isBlank(content) ? '(nothing)' : content }],
    ...(isError && { status: 'error' }),
  },
});

/** Tools that only the conversation still knows are told again: without them Converse refuses it. */
const toolsOf = (
  { tools = [], messages }: ModelRequest,
  binding: SchemaBinding,
): Pick<ConverseCommandInput, 'toolConfig'> => {
  const offered = [...tools, ...(binding.by === 'tool' ? [toolFor(binding.schema)] : [])];
  const all = offered.length > 0 ? offered : calledTools(messages);
  if (all.length === 0) return {};
  const choice = tools.length > 0 ? { any: {} } : { tool: { name: answerTool } };
  const isForced = binding.by === 'tool' && binding.isForced;
  return { toolConfig: { tools: all.map(toolOf), ...(isForced && { toolChoice: choice }) } };
};

const toolFor = (parameters: JsonObject): ModelTool => ({
  name: answerTool,
  description: 'Takes your final answer.',
  parameters,
});

const calledTools = (messages: readonly ModelMessage[]): readonly ModelTool[] => {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  return [...new Set(calls.map(({ name }) => name))].map((name) => ({
    name,
    description: 'No longer available: do not call it.',
    parameters: { type: 'object' },
  }));
};

const toolOf = ({ name, description, parameters }: ModelTool): Tool => ({
  toolSpec: { name, description, inputSchema: { json: documentOf(parameters) } },
});

const inferenceOf = (
  { maxOutputTokens, temperature }: ModelRequest,
  { concessions }: RequestSettings,
): Pick<ConverseCommandInput, 'inferenceConfig'> => {
  const inferenceConfig = {
    ...(maxOutputTokens !== undefined && { maxTokens: maxOutputTokens }),
    ...(temperature !== undefined && !concessions.has('no-temperature') && { temperature }),
  };
  return Object.keys(inferenceConfig).length > 0 ? { inferenceConfig } : {};
};

const formatOf = (schema: JsonObject): NonNullable<ConverseCommandInput['outputConfig']> => ({
  textFormat: {
    type: 'json_schema',
    structure: { jsonSchema: { name: 'answer', schema: JSON.stringify(schema) } },
  },
});

type Document = NonNullable<ToolUseBlock['input']>;

/** The SDK's type of JSON knows no lists that are read only. */
const documentOf = (value: JsonObject): Document => value as Document;

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
