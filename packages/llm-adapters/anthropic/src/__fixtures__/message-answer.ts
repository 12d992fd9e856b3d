import { createHash, randomUUID } from 'node:crypto';
import type { AnswerScript, WireAnswer, WireRequest } from '@aegis/conformance/model';
import type { Anthropic } from '@anthropic-ai/sdk';
import { forcedTool, type Params } from './message-request.js';

const stopReasons: { readonly [finish in NonNullable<AnswerScript['finish']>]: Anthropic.StopReason } = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  refusal: 'refusal',
};

/** A scripted answer as a message of the API. */
export const messageAnswer = (script: AnswerScript, { body }: WireRequest): WireAnswer => {
  const params: Params = JSON.parse(body);
  const content = contentOf(script, params);
  const isCalling = content.some(({ type }) => type === 'tool_use');
  const message: Anthropic.Message = {
    id: `msg_${randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model: params.model,
    content,
    stop_reason: stopReasons[script.finish ?? (isCalling ? 'tool_calls' : 'stop')],
    stop_sequence: null,
    stop_details: script.finish === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null,
    usage: usageOf(script.usage),
    container: null,
    diagnostics: null,
  };
  return { status: 200, headers: { 'request-id': `req_${randomUUID()}` }, body: JSON.stringify(message) };
};

const contentOf = (
  { thinking, text, structured, toolCalls = [] }: AnswerScript,
  params: Params,
): Anthropic.ContentBlock[] => [
  ...(thinking === undefined ? [] : [thinkingBlock(thinking)]),
  ...(text ? [textBlock(text)] : []),
  ...(structured === undefined ? [] : [structuredBlock(structured, params)]),
  ...toolCalls.map(({ id, name, arguments: input }) => callBlock(id, name, input)),
];

const textBlock = (text: string): Anthropic.TextBlock => ({ type: 'text', text, citations: null });

const callBlock = (id: string, name: string, input: unknown): Anthropic.ToolUseBlock => ({
  ...{ type: 'tool_use', id, name, input },
  caller: { type: 'direct' },
});

/** In the output format it is the text, as arguments of the tool that has to be called it is JSON in any case. */
const structuredBlock = (structured: string, params: Params): Anthropic.ContentBlock => {
  const tool = forcedTool(params);
  return tool ? callBlock(`toolu_${randomUUID()}`, tool.name, JSON.parse(structured)) : textBlock(structured);
};

const thinkingBlock = (thinking: string): Anthropic.ThinkingBlock => ({
  ...{ type: 'thinking', thinking },
  signature: signatureOf(thinking),
});

/** By which the API knows its own thoughts again. */
export const signatureOf = (thinking: string): string => createHash('sha256').update(thinking).digest('base64');

const usageOf = (usage: AnswerScript['usage'] = {}): Anthropic.Usage => ({
  input_tokens: usage.inputTokens ?? 0,
  output_tokens: usage.outputTokens ?? 0,
  cache_read_input_tokens: usage.cacheReadTokens ?? null,
  cache_creation_input_tokens: usage.cacheWriteTokens ?? null,
  cache_creation: null,
  output_tokens_details: usage.reasoningTokens === undefined ? null : { thinking_tokens: usage.reasoningTokens },
  server_tool_use: null,
  service_tier: 'standard',
  inference_geo: null,
  speed: null,
});
