import type { JsonObject, JsonValue } from '@aegis/spec';

export interface WireBlock {
  readonly text?: string;
  readonly toolUse?: { readonly toolUseId: string; readonly name: string; readonly input: JsonValue };
  readonly toolResult?: {
    readonly toolUseId: string;
    readonly content: readonly { readonly text?: string }[];
    readonly status?: string;
  };
  readonly reasoningContent?: {
    readonly reasoningText?: { readonly text: string; readonly signature: string };
    readonly redactedContent?: string;
  };
  readonly cachePoint?: { readonly type: string };
}

export interface ConverseBody {
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: readonly WireBlock[] }[];
  readonly system?: readonly WireBlock[];
  readonly inferenceConfig?: { readonly maxTokens?: number; readonly temperature?: number };
  readonly toolConfig?: {
    readonly tools: readonly {
      readonly toolSpec?: {
        readonly name: string;
        readonly description: string;
        readonly inputSchema: { readonly json: JsonObject };
      };
    }[];
    readonly toolChoice?: JsonObject;
  };
  readonly outputConfig?: {
    readonly textFormat?: { readonly structure?: { readonly jsonSchema?: { readonly schema: string } } };
  };
  readonly additionalModelRequestFields?: JsonObject;
}

/** What the documentation says that Converse refuses, in its words; `undefined` for a request that it takes. */
export const documentedProblem = (body: ConverseBody, model: string, lacks: readonly string[]): string | undefined =>
  [turnProblem, textProblem, toolProblem, resultProblem, thinkingProblem, cacheProblem]
    .map((problemOf) => problemOf(body, model))
    .find((problem) => problem !== undefined) ?? lackProblem(body, model, lacks);

const turnProblem = ({ messages }: ConverseBody): string | undefined => {
  if (messages[0]?.role !== 'user') return 'A conversation must start with a user message. Try again with one.';
  const isRepeated = messages.some(({ role }, at) => role === messages[at + 1]?.role);
  return isRepeated ? 'A conversation must alternate between user and assistant roles.' : undefined;
};

const textProblem = ({ messages, system = [] }: ConverseBody): string | undefined => {
  const blocks = [...system, ...messages.flatMap(({ content }) => content)];
  const results = blocks.flatMap(({ toolResult }) => toolResult?.content ?? []);
  const isBlank = [...blocks, ...results].some(({ text }) => text?.trim() === '');
  return isBlank ? 'The text field in the ContentBlock object at messages.0.content.0 is blank.' : undefined;
};

const toolProblem = ({ messages, toolConfig }: ConverseBody): string | undefined => {
  const blocks = messages.flatMap(({ content }) => content);
  if (toolConfig === undefined && blocks.some(({ toolUse, toolResult }) => toolUse ?? toolResult))
    return 'The toolConfig field must be defined when using toolUse and toolResult content blocks.';
  const specs = toolConfig?.tools.flatMap(({ toolSpec }) => (toolSpec ? [toolSpec] : [])) ?? [];
  if (specs.some(({ inputSchema }) => inputSchema.json.type !== 'object'))
    return 'The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.';
  return specs.some(({ name }) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name))
    ? 'toolSpec.name failed to satisfy constraint'
    : undefined;
};

/** Every call is answered by the message behind it. */
const resultProblem = ({ messages }: ConverseBody): string | undefined => {
  const isBroken = messages.some(({ content }, at) => {
    const calls = content.flatMap(({ toolUse }) => (toolUse ? [toolUse.toolUseId] : []));
    const next = messages[at + 1]?.content ?? [];
    const results = next.flatMap(({ toolResult }) => (toolResult ? [toolResult.toolUseId] : []));
    return calls.join() !== results.join();
  });
  return isBroken ? 'Expected toolResult blocks at messages.2.content for the following Ids.' : undefined;
};

const thinkingProblem = ({ messages }: ConverseBody): string | undefined => {
  const thoughts = messages.flatMap(({ content }) => content).flatMap(({ reasoningContent }) => reasoningContent ?? []);
  const isAltered = thoughts.some(
    ({ reasoningText, redactedContent }) =>
      (reasoningText && reasoningText.signature !== `signed:${reasoningText.text.length}`) ||
      (redactedContent && Buffer.from(redactedContent, 'base64').toString() !== 'nobody reads this'),
  );
  return isAltered ? 'Invalid `signature` in `thinking` block' : undefined;
};

const cacheProblem = (body: ConverseBody, model: string): string | undefined => {
  const isNova = model.includes('amazon.nova');
  if (isNova && JSON.stringify(body.toolConfig ?? {}).includes('cachePoint'))
    return 'extraneous key [cachePoint] in toolConfig';
  const isBehindResult = body.messages.some(({ content }) =>
    content.some(({ cachePoint }, at) => cachePoint && content[at - 1]?.toolResult),
  );
  if (isNova && isBehindResult) return 'extraneous key [cachePoint] is not permitted behind toolResult';
  const count = (JSON.stringify(body).match(/"cachePoint":/g) ?? []).length;
  return count > 4 ? 'A maximum of 4 blocks with cache_control may be provided.' : undefined;
};

const lackProblem = (body: ConverseBody, model: string, lacks: readonly string[]): string | undefined => {
  const { outputConfig, toolConfig, inferenceConfig } = body;
  const isWithoutFormat = lacks.includes('format') || /nova|claude-3/.test(model);
  if (outputConfig && isWithoutFormat) return "This model doesn't support the outputConfig.textFormat field.";
  if (toolConfig && lacks.includes('tools')) return "This model doesn't support tool use.";
  if (toolConfig?.toolChoice && lacks.includes('toolChoice'))
    return "This model doesn't support the toolConfig.toolChoice.tool field. Remove toolConfig.toolChoice.tool and try again.";
  if (JSON.stringify(body).includes('"cachePoint":') && lacks.includes('cache'))
    return 'You invoked an unsupported model or your request did not allow prompt caching.';
  return inferenceConfig?.temperature !== undefined && lacks.includes('temperature')
    ? '`temperature` is deprecated for this model.'
    : undefined;
};
