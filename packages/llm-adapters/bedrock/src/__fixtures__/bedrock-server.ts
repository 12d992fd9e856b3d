import {
  type AnswerScript,
  type ErrorScript,
  type ModelServer,
  type SeenRequest,
  serveModel,
  type WireAnswer,
  type WireRequest,
} from '@aegis/conformance/model';
import type { JsonObject, JsonValue } from '@aegis/spec';
import { answerTool } from '../bedrock-schema.js';
import { type ConverseBody, documentedProblem, type WireBlock } from './documented-rules.js';
import { signatureProblem, type TestKeys } from './signature-check.js';

export const testRegion = 'eu-central-1';
export const testKeys: TestKeys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'FwoGZXIvYXdzEBYaDK-session-token-of-a-test',
};

export interface BedrockServerTraits {
  /** Who may call; by default, whoever has the keys of the tests. */
  readonly keys?: TestKeys;
  /** An API key that is asked for instead. */
  readonly apiKey?: string;
  readonly region?: string;
  /** What the model does not know. */
  readonly lacks?: readonly ('cache' | 'format' | 'toolChoice' | 'tools' | 'temperature')[];
}

export interface BedrockServer extends ModelServer {
  /** As they came over the wire. */
  readonly bodies: readonly ConverseBody[];
}

/**
 * Speaks Converse as documented, checks signatures, and holds requests to its rules.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const bedrockServer = async (traits: BedrockServerTraits = {}): Promise<BedrockServer> => {
  const bodies: ConverseBody[] = [];
  const server = await serveModel({
    read: (request) => {
      bodies.push(bodyOf(request));
      return seen(request, traits);
    },
    refuse: (request) => refusal(request, traits),
    answer: (script, request) => converse(script, bodyOf(request)),
    error: failure,
  });
  return { ...server, bodies };
};

const bodyOf = ({ body }: WireRequest): ConverseBody => JSON.parse(body) as ConverseBody;

const modelOf = ({ path }: WireRequest): string | undefined => {
  const [, model] = /^\/model\/([^/]+)\/converse$/.exec(path) ?? [];
  return model === undefined ? undefined : decodeURIComponent(model);
};

const seen = (request: WireRequest, traits: BedrockServerTraits): Omit<SeenRequest, 'wasAborted'> => {
  const body = bodyOf(request);
  const specs = toolSpecs(body);
  const thoughts = body.messages.flatMap(({ content }) => content).filter((block) => block.reasoningContent);
  const schema = body.outputConfig?.textFormat?.structure?.jsonSchema?.schema;
  return {
    model: modelOf(request) ?? '',
    system: body.system?.map(({ text }) => text ?? '').join('') || undefined,
    turns: body.messages.flatMap(({ role, content }) => turnsOf(role, content)),
    tools: specs.filter(({ name }) => name !== answerTool),
    responseSchema:
      schema === undefined ? specs.find(({ name }) => name === answerTool)?.parameters : JSON.parse(schema),
    maxOutputTokens: body.inferenceConfig?.maxTokens,
    temperature: body.inferenceConfig?.temperature,
    asksForCache: request.body.includes('{"cachePoint":{"type":"default"}}'),
    credentialProblem: credentialProblem(request, traits),
    providerState: thoughts.length === 0 ? undefined : (thoughts as unknown as JsonValue),
  };
};

const toolSpecs = ({ toolConfig }: ConverseBody) =>
  (toolConfig?.tools ?? []).flatMap(({ toolSpec }) =>
    toolSpec === undefined
      ? []
      : [{ name: toolSpec.name, description: toolSpec.description, parameters: toolSpec.inputSchema.json }],
  );

type SeenTurn = SeenRequest['turns'][number];

/** One message of Converse holds the results of several tools, and what the user says next. */
const turnsOf = (role: 'user' | 'assistant', content: readonly WireBlock[]): readonly SeenTurn[] => {
  const text = content
    .map((block) => block.text ?? '')
    .join('\n')
    .trim();
  const calls = content.flatMap(({ toolUse }) => (toolUse ? [toolUse] : []));
  const toolCalls = calls.map(({ toolUseId: id, name, input }) => ({ id, name, arguments: input }));
  if (role === 'assistant') return [{ role, text: saidIn(content), ...(toolCalls.length > 0 && { toolCalls }) }];
  const results = content.flatMap(({ toolResult }) => (toolResult ? [toolResult] : []));
  const turns = results.map(
    ({ toolUseId: toolCallId, content: parts, status }): SeenTurn => ({
      ...{ role: 'tool', toolCallId, text: parts.map((part) => part.text ?? '').join('') },
      isError: status === 'error',
    }),
  );
  return text === '' ? turns : [...turns, { role, text: saidIn(content) }];
};

const saidIn = (content: readonly WireBlock[]): string =>
  content.flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');

const credentialProblem = (request: WireRequest, traits: BedrockServerTraits): string | undefined => {
  const { keys = testKeys, apiKey, region = testRegion } = traits;
  if (apiKey === undefined) return signatureProblem(request, keys, region);
  return request.headers.authorization === `Bearer ${apiKey}` ? undefined : 'another API key';
};

const refusal = (request: WireRequest, traits: BedrockServerTraits): WireAnswer | undefined => {
  const model = modelOf(request);
  if (model === undefined) return error(404, 'UnknownOperationException', 'unknown operation');
  const problem = credentialProblem(request, traits);
  if (problem) return error(403, 'InvalidSignatureException', `The request signature does not match: ${problem}`);
  const broken = documentedProblem(bodyOf(request), model, traits.lacks ?? []);
  return broken === undefined ? undefined : error(400, 'ValidationException', broken);
};

const stopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  refusal: 'guardrail_intervened',
} as const;

const converse = (script: AnswerScript, body: ConverseBody): WireAnswer => {
  const { finish = 'stop', usage = {}, structured } = script;
  const isToolAnswer =
    structured !== undefined &&
    body.outputConfig === undefined &&
    toolSpecs(body).some(({ name }) => name === answerTool);
  const counts = {
    inputTokens: usage.inputTokens ?? 10,
    outputTokens: usage.outputTokens ?? 5,
    cacheReadInputTokens: usage.cacheReadTokens ?? 0,
    cacheWriteInputTokens: usage.cacheWriteTokens ?? 0,
  };
  return json(200, {
    output: { message: { role: 'assistant', content: contentOf(script, isToolAnswer) } },
    stopReason: isToolAnswer && finish === 'stop' ? 'tool_use' : stopReasons[finish],
    usage: { ...counts, totalTokens: Object.values(counts).reduce((sum, count) => sum + count, 0) },
    metrics: { latencyMs: 812 },
  });
};

const contentOf = (
  { text, structured, thinking, toolCalls = [] }: AnswerScript,
  isToolAnswer: boolean,
): readonly JsonObject[] => [
  ...(thinking === undefined
    ? []
    : [
        { reasoningContent: { reasoningText: { text: thinking, signature: `signed:${thinking.length}` } } },
        { reasoningContent: { redactedContent: Buffer.from('nobody reads this').toString('base64') } },
      ]),
  ...(text === undefined ? [] : [{ text }]),
  ...(structured !== undefined && !isToolAnswer ? [{ text: structured }] : []),
  ...(structured !== undefined && isToolAnswer
    ? [{ toolUse: { toolUseId: 'tooluse_answer', name: answerTool, input: JSON.parse(structured) } }]
    : []),
  ...toolCalls.map(({ id, name, arguments: input }) => ({ toolUse: { toolUseId: id, name, input } })),
];

const failure = (
  { status, reason, retryAfterSeconds, echoesKey }: ErrorScript,
  { headers }: WireRequest,
): WireAnswer => {
  const { name, message, status: own } = reason === undefined ? plainError(status) : reasons[reason];
  const sent = headers['x-amz-security-token'] ?? headers.authorization;
  const answer = error(own ?? status, name, echoesKey ? `${message} You sent ${sent}.` : message);
  return retryAfterSeconds === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
};

interface VendorError {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
}

const plainError = (status: number): VendorError =>
  statusErrors[status] ?? { name: 'ServiceUnavailableException', message: 'The service is unavailable.' };

const statusErrors: { readonly [status: number]: VendorError } = {
  400: { name: 'ValidationException', message: 'Malformed input request, please reformat your input and try again.' },
  401: { name: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' },
  403: { name: 'AccessDeniedException', message: "You don't have access to the model with the specified model ID." },
  404: { name: 'ResourceNotFoundException', message: 'This model version has reached the end of its life.' },
  429: { name: 'ThrottlingException', message: 'Too many requests, please wait before trying again.' },
  500: { name: 'InternalServerException', message: 'The system encountered an unexpected error during processing.' },
};

const reasons: { readonly [reason in NonNullable<ErrorScript['reason']>]: VendorError } = {
  quota: { status: 400, name: 'ServiceQuotaExceededException', message: 'Your request exceeds the service quota.' },
  'context-length': { status: 400, name: 'ValidationException', message: 'Input is too long for requested model.' },
  'content-filter': {
    status: 400,
    name: 'ValidationException',
    message: 'The request was blocked by our content filters.',
  },
};

const error = (status: number, name: string, message: string): WireAnswer => ({
  ...json(status, { message }),
  headers: { 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/` },
});

const json = (status: number, body: JsonObject): WireAnswer => ({ status, body: JSON.stringify(body) });
