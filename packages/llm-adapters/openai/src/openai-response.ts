import type { JsonObject, JsonValue, ModelRequest, ModelResponse, ToolCall } from '@aegis/spec';
import { z } from 'zod';
import { noCompletion } from './openai-errors.js';
import { withoutStrictNulls } from './openai-schema.js';
import { stateOf } from './openai-state.js';
import { usageOf, usageSchema } from './openai-usage.js';

const text = z.union([
  z.string(),
  // Some servers send a list of parts, thinking among them.
  z.array(z.object({ text: z.string().catch('') }).transform((part) => part.text)).transform((parts) => parts.join('')),
]);

const toolCallSchema = z.object({
  id: z.string().nullish(),
  function: z.object({ name: z.string(), arguments: z.union([z.string(), z.json()]).nullish() }),
});

const messageSchema = z.looseObject({
  content: text.nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(toolCallSchema).nullish(),
});

const completionSchema = z.object({
  model: z.string().catch(''),
  choices: z.tuple([z.object({ finish_reason: z.string().nullish(), message: messageSchema })], z.unknown()),
  usage: usageSchema,
});

type Choice = z.output<typeof completionSchema>['choices'][0];

/**
 * The answer in terms of the contract.
 * @throws LanguageModelError `unknown` for what is no chat completion
 */
export const responseOf = (completion: unknown, request: ModelRequest, model: string): ModelResponse => {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) throw noCompletion();
  const [choice] = parsed.data.choices;
  const { message } = choice;
  const toolCalls = toolCallsOf(choice, request.messages.length);
  const said = message.content || message.refusal || '';
  const object = toolCalls.length > 0 || message.refusal ? undefined : objectIn(said, request.responseSchema);
  const providerState = stateOf(message);
  return {
    text: said,
    toolCalls,
    ...(object !== undefined && { object }),
    finishReason: finishReasonOf(choice, toolCalls),
    usage: usageOf(parsed.data.usage),
    model: parsed.data.model || model,
    ...(providerState !== undefined && { providerState }),
  };
};

/** Some servers give calls no ids; these are unique within the conversation. */
const toolCallsOf = ({ message }: Choice, turn: number): readonly ToolCall[] =>
  (message.tool_calls ?? []).map(({ id, function: { name, arguments: given } }, index) => ({
    id: id || `call_${turn}_${index + 1}`,
    name,
    arguments: typeof given === 'string' ? argumentsIn(given) : (given ?? {}),
  }));

/** Arguments that are no JSON stay as they are, so that the model can be told. */
const argumentsIn = (written: string): JsonValue => (written.trim() === '' ? {} : (parsedJson(written) ?? written));

const objectIn = (written: string, schema: JsonObject | undefined): JsonValue | undefined => {
  const value = schema === undefined ? undefined : parsedJson(written);
  return schema === undefined || value === undefined ? undefined : withoutStrictNulls(value, schema);
};

const parsedJson = (written: string): JsonValue | undefined => {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
};

const finishReasonOf = (
  { finish_reason: reason, message }: Choice,
  toolCalls: readonly ToolCall[],
): ModelResponse['finishReason'] => {
  if (message.refusal || reason === 'content_filter') return 'content_filter';
  if (reason === 'length') return 'length';
  if (toolCalls.length > 0) return 'tool_calls';
  return reason === 'stop' ? 'stop' : 'other';
};
