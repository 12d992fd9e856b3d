import type { WireRequest } from '@aegis/conformance/model';
import type { Anthropic } from '@anthropic-ai/sdk';
import { signatureOf } from './message-answer.js';
import { blocksOf, type Params, toolsOf } from './message-request.js';

/** What the documentation says that the API refuses, in its words; `undefined` for a request that it takes. */
export const documentedProblem = ({ headers, body }: WireRequest): string | undefined => {
  if (!headers['anthropic-version']) return 'anthropic-version: header is required';
  const params: Params = JSON.parse(body);
  return [
    sizeProblem,
    textProblem,
    toolProblem,
    resultProblem,
    thinkingProblem,
    schemaProblem,
    modelProblem,
    cacheProblem,
  ]
    .map((problemOf) => problemOf(params))
    .find((problem) => problem !== undefined);
};

const sizeProblem = ({ max_tokens: limit, messages }: Params): string | undefined => {
  if (!(limit >= 1)) return 'max_tokens: Field required';
  return messages.length === 0 ? 'messages: at least one message is required' : undefined;
};

const textProblem = ({ messages, system }: Params): string | undefined => {
  const blocks = [...messages.flatMap(blocksOf), ...(Array.isArray(system) ? system : [])];
  const isBlank = blocks.some((block) => block.type === 'text' && block.text.trim() === '');
  return isBlank ? 'messages: text content blocks must contain non-whitespace text' : undefined;
};

const toolProblem = (params: Params): string | undefined => {
  const tools = toolsOf(params);
  if (tools.some(({ input_schema: { type } }) => type !== 'object'))
    return 'tools.0.custom.input_schema.type: must be object';
  if (new Set(tools.map(({ name }) => name)).size < tools.length) return 'tools: Tool names must be unique.';
  const uses = params.messages.flatMap(blocksOf).some(({ type }) => type === 'tool_use' || type === 'tool_result');
  return uses && tools.length === 0
    ? 'Requests which include `tool_use` or `tool_result` blocks must define tools'
    : undefined;
};

/** Results stand at the beginning of the message behind the calls, one for each. */
const resultProblem = ({ messages }: Params): string | undefined => {
  const broken = messages.some((message, index) => {
    const next = messages[index + 1];
    const results = next === undefined ? [] : leadingResults(next);
    return callsIn(message).join() !== results.join();
  });
  return broken ? 'messages: `tool_use` ids were found without `tool_result` blocks immediately after' : undefined;
};

const callsIn = (message: Anthropic.MessageParam): readonly string[] =>
  blocksOf(message).flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));

const leadingResults = (message: Anthropic.MessageParam): readonly string[] => {
  const blocks = blocksOf(message);
  const end = blocks.findIndex(({ type }) => type !== 'tool_result');
  const results = end < 0 ? blocks : blocks.slice(0, end);
  return results.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []));
};

const thinkingProblem = ({ messages }: Params): string | undefined => {
  const isAltered = messages
    .flatMap(blocksOf)
    .some((block) => block.type === 'thinking' && block.signature !== signatureOf(block.thinking));
  return isAltered ? 'messages: Invalid `signature` in `thinking` block' : undefined;
};

const schemaProblem = ({ output_config: config }: Params): string | undefined => {
  const schema = JSON.stringify(config?.format?.schema ?? {});
  const isOpen =
    (schema.match(/"type":"object"/g) ?? []).length > (schema.match(/"additionalProperties":false/g) ?? []).length;
  if (isOpen)
    return "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false";
  return /"(minimum|maximum|minLength|maxLength|pattern)":/.test(schema)
    ? 'output_config.format.schema: For this type, property is not supported'
    : undefined;
};

/** Later models think by default, and take no temperature. */
const modelProblem = ({ model, temperature, tool_choice: choice }: Params): string | undefined => {
  if (!/^claude-(opus-4-[78]|(opus|sonnet|haiku|fable|mythos)-5)/.test(model)) return undefined;
  if (temperature !== undefined) return '`temperature` is deprecated for this model.';
  const isForced = choice?.type === 'any' || choice?.type === 'tool';
  return isForced ? 'Thinking may not be enabled when tool_choice forces tool use.' : undefined;
};

const cacheProblem = (params: Params): string | undefined =>
  (JSON.stringify(params).match(/"cache_control":/g) ?? []).length > 4
    ? 'A maximum of 4 blocks with cache_control may be provided.'
    : undefined;
