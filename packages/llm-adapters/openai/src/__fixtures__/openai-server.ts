import {
  type AnswerScript,
  type ErrorScript,
  type ModelServer,
  type SeenRequest,
  serveModel,
  type WireAnswer,
  type WireRequest,
} from '@aegis/conformance/model';
import type { JsonObject, JsonValue, ModelUsage } from '@aegis/spec';

export const serverKey = 'sk-test-4f2a9c7e51d84b06';

/** What a server or a model of the protocol may not know. */
export interface OpenAiServerTraits {
  /** Asks for no key. */
  readonly isKeyless?: boolean;
  readonly lacks?: readonly ('json_schema' | 'json_object' | 'max_tokens' | 'max_completion_tokens' | 'temperature')[];
}

interface WireMessage {
  readonly role: string;
  readonly content?: string | null;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
  readonly tool_call_id?: string;
  readonly reasoning_content?: string;
}

interface WireBody {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly tools?: readonly {
    readonly function: { readonly name: string; readonly description: string; readonly parameters: JsonValue };
  }[];
  readonly response_format?: {
    readonly type: string;
    readonly json_schema?: { readonly name: string; readonly strict?: boolean; readonly schema: JsonObject };
  };
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly temperature?: number;
}

/**
 * Speaks Chat Completions as documented, and holds requests to its rules.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export const openAiServer = (traits: OpenAiServerTraits = {}): Promise<ModelServer> =>
  serveModel({
    read: (request) => seen(request, traits),
    refuse: (request) => refusal(request, traits),
    answer: (script, request) => completion(script, bodyOf(request)),
    error: failure,
  });

const bodyOf = ({ body }: WireRequest): WireBody => JSON.parse(body) as WireBody;

const seen = (request: WireRequest, traits: OpenAiServerTraits): Omit<SeenRequest, 'wasAborted'> => {
  const body = bodyOf(request);
  const thinking = body.messages.flatMap(({ reasoning_content: thought }) => (thought === undefined ? [] : [thought]));
  return {
    model: body.model,
    system: body.messages.find(({ role }) => role === 'system')?.content ?? undefined,
    turns: body.messages.filter(({ role }) => role !== 'system').map(turnOf),
    tools: (body.tools ?? []).map(({ function: { name, description, parameters } }) => ({
      name,
      description,
      parameters,
    })),
    responseSchema: body.response_format?.json_schema?.schema,
    maxOutputTokens: body.max_completion_tokens ?? body.max_tokens,
    temperature: body.temperature,
    asksForCache: undefined,
    credentialProblem: credentialProblem(request, traits),
    providerState: thinking.length === 0 ? undefined : thinking,
  };
};

const turnOf = ({
  role,
  content,
  tool_calls: calls,
  tool_call_id: toolCallId,
}: WireMessage): SeenRequest['turns'][number] => ({
  role: role as 'user' | 'assistant' | 'tool',
  text: content ?? '',
  toolCalls: calls?.map(({ id, function: { name, arguments: given } }) => ({ id, name, arguments: JSON.parse(given) })),
  toolCallId,
});

const credentialProblem = ({ headers }: WireRequest, { isKeyless }: OpenAiServerTraits): string | undefined => {
  if (isKeyless) return headers.authorization === undefined ? undefined : 'a key that nobody asked for';
  return headers.authorization === `Bearer ${serverKey}` ? undefined : 'not the key';
};

const refusal = (request: WireRequest, traits: OpenAiServerTraits): WireAnswer | undefined => {
  if (request.method !== 'POST' || request.path !== '/v1/chat/completions')
    return error(404, `Invalid URL (${request.method} ${request.path})`);
  if (credentialProblem(request, traits))
    return error(401, 'Incorrect API key provided: sk-te***06.', { code: 'invalid_api_key' });
  const body = bodyOf(request);
  return lackOf(body, traits) ?? brokenRule(body);
};

const lackOf = (body: WireBody, { lacks = [] }: OpenAiServerTraits): WireAnswer | undefined => {
  const { response_format: format } = body;
  const missing = lacks.find((lack) => lack in body || format?.type === lack);
  if (missing === undefined) return undefined;
  if (missing === 'json_schema' || missing === 'json_object')
    return error(400, `Invalid parameter: 'response_format' of type '${missing}' is not supported with this model.`, {
      param: 'response_format',
    });
  if (missing === 'temperature')
    return error(
      400,
      "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
      {
        ...{ param: 'temperature', code: 'unsupported_value' },
      },
    );
  const instead = missing === 'max_tokens' ? " Use 'max_completion_tokens' instead." : '';
  return error(400, `Unsupported parameter: '${missing}' is not supported with this model.${instead}`, {
    param: missing,
    code: 'unsupported_parameter',
  });
};

const brokenRule = ({ messages, response_format: format }: WireBody): WireAnswer | undefined => {
  const orphan = messages.find((message, at) => message.role === 'tool' && !isAsked(messages, at));
  if (orphan)
    return error(
      400,
      "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    );
  if (messages.some(({ content, tool_calls: calls }) => typeof content !== 'string' && !calls?.length))
    return error(400, 'Invalid value for content: expected a string, got null.');
  const { schema, strict } = format?.json_schema ?? {};
  if (strict && schema && !isStrict(schema))
    return error(400, "Invalid schema for response_format 'answer'.", { param: 'response_format' });
  if (format?.type === 'json_object' && !JSON.stringify(messages).includes('JSON'))
    return error(
      400,
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  return undefined;
};

const isAsked = (messages: readonly WireMessage[], at: number): boolean => {
  const asking = messages.slice(0, at).findLast(({ role }) => role !== 'tool');
  return asking?.tool_calls?.some(({ id }) => id === messages[at]?.tool_call_id) ?? false;
};

/** Every object closed and every property required. @see https://platform.openai.com/docs/guides/structured-outputs */
const isStrict = (schema: JsonValue): boolean => {
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, properties, required, additionalProperties } = schema as JsonObject;
  const names = Object.keys((properties ?? {}) as object);
  const isClosed =
    type !== 'object' || (additionalProperties === false && JSON.stringify(names) === JSON.stringify(required));
  return isClosed && Object.values(schema).every(isStrict);
};

const completion = (script: AnswerScript, body: WireBody): WireAnswer => {
  const { text, structured, toolCalls, thinking, finish = 'stop' } = script;
  const isRefusal = finish === 'refusal';
  const message = {
    role: 'assistant',
    content: isRefusal ? null : (structured ?? text ?? null),
    refusal: isRefusal ? (text ?? 'I cannot help with that.') : null,
    ...(thinking !== undefined && { reasoning_content: thinking }),
    ...(toolCalls && { tool_calls: toolCalls.map(wireCall) }),
  };
  return json(200, {
    id: 'chatcmpl-BxZ1',
    object: 'chat.completion',
    created: 1_764_000_000,
    model: `${body.model}-2024-07-18`,
    choices: [{ index: 0, message, logprobs: null, finish_reason: isRefusal ? 'stop' : finish }],
    usage: usage(script.usage ?? {}),
  });
};

const wireCall = ({
  id,
  name,
  arguments: given,
}: {
  readonly id: string;
  readonly name: string;
  readonly arguments: JsonValue;
}) => ({
  id,
  type: 'function',
  function: { name, arguments: JSON.stringify(given) },
});

const usage = ({
  inputTokens = 10,
  outputTokens = 5,
  cacheReadTokens = 0,
  cacheWriteTokens = 0,
  reasoningTokens = 0,
}: Partial<ModelUsage>) => {
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: outputTokens,
    total_tokens: prompt + outputTokens,
    prompt_tokens_details: { cached_tokens: cacheReadTokens, cache_write_tokens: cacheWriteTokens, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens, audio_tokens: 0 },
  };
};

const failure = (
  { status, reason, retryAfterSeconds, echoesKey }: ErrorScript,
  { headers }: WireRequest,
): WireAnswer => {
  const echo = echoesKey ? ` You sent ${headers.authorization}.` : '';
  const wait = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const { message, ...facts } = reason === undefined ? plainError(status) : reasons[reason];
  return { ...error(reason === undefined ? status : reasons[reason].status, message + echo, facts), headers: wait };
};

const plainError = (status: number) => ({
  message:
    status >= 500 ? 'The server had an error while processing your request.' : `The request failed with ${status}.`,
  type: status >= 500 ? 'server_error' : 'invalid_request_error',
  code: status === 404 ? 'model_not_found' : null,
});

const reasons = {
  quota: {
    status: 429,
    message: 'You exceeded your current quota, please check your plan and billing details.',
    ...{ type: 'insufficient_quota', code: 'insufficient_quota' },
  },
  'context-length': {
    status: 400,
    message: "This model's maximum context length is 128000 tokens. However, your messages resulted in 130001 tokens.",
    ...{ type: 'invalid_request_error', code: 'context_length_exceeded' },
  },
  'content-filter': {
    status: 400,
    message: 'Your request was rejected as a result of our safety system.',
    ...{ type: 'invalid_request_error', code: 'content_policy_violation' },
  },
};

interface ErrorFacts {
  readonly type?: string;
  readonly param?: string;
  readonly code?: string | null;
}

const error = (
  status: number,
  message: string,
  { type = 'invalid_request_error', param, code }: ErrorFacts = {},
): WireAnswer => json(status, { error: { message, type, param: param ?? null, code: code ?? null } });

const json = (status: number, body: object): WireAnswer => ({ status, body: JSON.stringify(body) });
