import type { SeenRequest, WireRequest } from '@aegis/conformance/model';
import type { JsonValue } from '@aegis/spec';
import type { Anthropic } from '@anthropic-ai/sdk';
import { apiKey } from './vendor-errors.js';

export type Params = Anthropic.MessageCreateParams & { readonly temperature?: number };

/** One request in terms of the contract. */
export const messageRequest = ({ headers, body }: WireRequest): Omit<SeenRequest, 'wasAborted'> => {
  const params: Params = JSON.parse(body);
  const answerTool = forcedTool(params);
  return {
    model: params.model,
    system: systemText(params),
    turns: params.messages.flatMap(turnsOf),
    tools: toolsOf(params)
      .filter((tool) => tool !== answerTool)
      .map(seenTool),
    responseSchema: json(params.output_config?.format?.schema ?? answerTool?.input_schema),
    maxOutputTokens: params.max_tokens,
    temperature: params.temperature,
    asksForCache: body.includes('"cache_control":{"type":"ephemeral"}'),
    credentialProblem: credentialProblem(headers),
    providerState: thoughtsIn(params),
  };
};

/** The key comes in either of two headers. */
export const credentialProblem = (headers: WireRequest['headers']): string | undefined => {
  const key = headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '');
  return key === apiKey ? undefined : 'invalid x-api-key';
};

export const toolsOf = ({ tools = [] }: Params): readonly Anthropic.Tool[] =>
  tools.filter((tool): tool is Anthropic.Tool => 'input_schema' in tool);

/** The tool that the model has to call: the named one, or of any the last, as a model would that has its answer. */
export const forcedTool = (params: Params): Anthropic.Tool | undefined => {
  const { tool_choice: choice } = params;
  if (choice?.type === 'tool') return toolsOf(params).find(({ name }) => name === choice.name);
  return choice?.type === 'any' ? toolsOf(params).at(-1) : undefined;
};

export const blocksOf = ({ content }: Anthropic.MessageParam): readonly Anthropic.ContentBlockParam[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

const systemText = ({ system }: Params): string | undefined =>
  typeof system === 'string' ? system : system?.map(({ text }) => text).join('');

type Turn = SeenRequest['turns'][number];

/** Every result and every text of the user is a turn; what the assistant said in one message is one. */
const turnsOf = (message: Anthropic.MessageParam): readonly Turn[] => {
  const blocks = blocksOf(message);
  if (message.role !== 'assistant') return blocks.flatMap(userTurns);
  const text = blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const toolCalls = blocks.flatMap(callsIn);
  return [{ role: 'assistant', text, ...(toolCalls.length > 0 && { toolCalls }) }];
};

const userTurns = (block: Anthropic.ContentBlockParam): readonly Turn[] => {
  if (block.type === 'tool_result') return [resultTurn(block)];
  return block.type === 'text' ? [{ role: 'user', text: block.text }] : [];
};

const callsIn = (block: Anthropic.ContentBlockParam) =>
  block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: block.input as JsonValue }] : [];

const resultTurn = ({
  tool_use_id: toolCallId,
  content = '',
  is_error: isError,
}: Anthropic.ToolResultBlockParam): Turn => ({
  role: 'tool',
  text: typeof content === 'string' ? content : JSON.stringify(content),
  toolCallId,
  isError,
});

const seenTool = ({ name, description = '', input_schema: parameters }: Anthropic.Tool) => ({
  name,
  description,
  parameters: json(parameters) ?? null,
});

const thoughtsIn = ({ messages }: Params): JsonValue | undefined => {
  const thoughts = messages.flatMap(blocksOf).filter(({ type }) => type === 'thinking' || type === 'redacted_thinking');
  return thoughts.length > 0 ? json(thoughts) : undefined;
};

const json = (value: unknown): JsonValue | undefined => value as JsonValue | undefined;
