import type { JsonValue, ModelMessage, ModelRequest, ModelTool, ToolCall } from '@aegis/spec';
import type { Anthropic } from '@anthropic-ai/sdk';
import type { ResolvedAnthropicOptions } from './anthropic-options.js';
import { answerTool, isPlain, type SchemaBinding } from './anthropic-schema.js';
import { contentOf } from './anthropic-state.js';

type Block = Anthropic.ContentBlockParam;
type Params = Anthropic.MessageCreateParamsNonStreaming;

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: Block[];
}

export interface RequestSettings {
  readonly model: string;
  readonly binding: SchemaBinding;
  readonly options: Pick<ResolvedAnthropicOptions, 'maxOutputTokens'>;
}

/** The SDK's types dropped the temperature, which earlier models still take. */
type ParamsWithTemperature = Params & { readonly temperature?: number };

/** A request of the contract as the Messages API takes it. */
export const createParams = (
  request: ModelRequest,
  { model, binding, options }: RequestSettings,
): ParamsWithTemperature => ({
  model,
  max_tokens: request.maxOutputTokens ?? options.maxOutputTokens,
  ...systemOf(request, binding),
  messages: messagesOf(request.messages),
  ...toolsOf(request, binding),
  ...(binding.by === 'format' && { output_config: { format: { type: 'json_schema', schema: { ...binding.schema } } } }),
  ...(request.temperature !== undefined && isPlain(model) && { temperature: request.temperature }),
});

const cached = { cache_control: { type: 'ephemeral' } } as const;

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/** Calls of one kind begin with the same system text and tools: those are cached. */
const systemOf = ({ system }: ModelRequest, binding: SchemaBinding): Pick<Params, 'system'> => {
  const isAsked = binding.by === 'tool' && !binding.isForced;
  const texts = [system, ...(isAsked ? [`Give your answer by calling the tool ${answerTool}.`] : [])];
  const text = texts.filter((each) => !isBlank(each)).join('\n\n');
  return text === '' ? {} : { system: [{ type: 'text', text, ...cached }] };
};

/** Turns of the same role become one: the results of parallel calls have to stand in one message. */
const messagesOf = (messages: readonly ModelMessage[]): Turn[] => {
  const turns: Turn[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = blocksOf(message);
    const last = turns.at(-1);
    if (content.length === 0) continue;
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content: [...content] });
  }
  return isLoop(messages) ? withCachedEnd(turns) : turns;
};

const blocksOf = (message: ModelMessage): readonly Block[] => {
  if (message.role === 'user') return textBlocks(message.content);
  if (message.role === 'tool') return [resultBlock(message)];
  const said = [...textBlocks(message.content), ...(message.toolCalls ?? []).map(callBlock)];
  return contentOf(message.providerState, said);
};

/** The API refuses text without letters. */
const textBlocks = (text: string): readonly Anthropic.TextBlockParam[] =>
  isBlank(text) ? [] : [{ type: 'text', text }];

const callBlock = ({ id, name, arguments: input }: ToolCall): Anthropic.ToolUseBlockParam => ({
  type: 'tool_use',
  id,
  name,
  input: isObject(input) ? input : { input },
});

const isObject = (value: JsonValue): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const resultBlock = ({
  toolCallId,
  content,
  isError,
}: Extract<ModelMessage, { readonly role: 'tool' }>): Anthropic.ToolResultBlockParam => ({
  type: 'tool_result',
  tool_use_id: toolCallId,
  ...(!isBlank(content) && { content }),
  ...(isError && { is_error: true }),
});

const isLoop = (messages: readonly ModelMessage[]): boolean => messages.some(({ role }) => role === 'tool');

/** A loop sends its whole conversation again each time: what it has so far is cached for the next round. */
const withCachedEnd = (turns: readonly Turn[]): Turn[] =>
  turns.map(({ role, content }, index) => {
    const end = content.at(-1);
    if (index < turns.length - 1 || end === undefined || !isCacheable(end)) return { role, content };
    return { role, content: [...content.slice(0, -1), { ...end, ...cached }] };
  });

const isCacheable = (block: Block): block is Anthropic.TextBlockParam | Anthropic.ToolResultBlockParam =>
  block.type === 'text' || block.type === 'tool_result';

/** Tools that only the conversation still knows are told again, and may not be called: without them the API refuses it. */
const toolsOf = (
  { tools = [], messages }: ModelRequest,
  binding: SchemaBinding,
): Pick<Params, 'tools' | 'tool_choice'> => {
  const offered = [...tools, ...(binding.by === 'tool' ? [toolFor(binding)] : [])];
  const past = offered.length === 0 ? calledTools(messages) : [];
  const all = [...offered, ...past].map(toolParam);
  const last = all.at(-1);
  if (last === undefined) return {};
  return {
    tools: [...all.slice(0, -1), { ...last, ...cached }],
    ...choiceOf(binding, { tools, isPast: past.length > 0 }),
  };
};

const choiceOf = (
  binding: SchemaBinding,
  { tools, isPast }: { readonly tools: readonly ModelTool[]; readonly isPast: boolean },
): Pick<Params, 'tool_choice'> => {
  if (isPast) return { tool_choice: { type: 'none' } };
  if (binding.by !== 'tool' || !binding.isForced) return {};
  return { tool_choice: tools.length > 0 ? { type: 'any' } : { type: 'tool', name: answerTool } };
};

const toolFor = ({ schema }: Extract<SchemaBinding, { readonly by: 'tool' }>): ModelTool => ({
  name: answerTool,
  description: 'Takes your final answer.',
  parameters: schema,
});

const calledTools = (messages: readonly ModelMessage[]): readonly ModelTool[] => {
  const names = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  return [...new Set(names.map(({ name }) => name))].map((name) => ({
    name,
    description: 'No longer available.',
    parameters: { type: 'object' },
  }));
};

const toolParam = ({ name, description, parameters }: ModelTool): Anthropic.Tool => ({
  name,
  description,
  input_schema: { ...parameters, type: 'object' },
});
