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

export interface OllamaServerTraits {
  /** What was pulled; without it, everything. */
  readonly pulled?: readonly string[];
  /** Asks for this key, as ollama.com does. */
  readonly key?: string;
  /** Does not know tools. */
  readonly hasNoTools?: boolean;
  /** How many characters its context holds; longer requests are cut, unless they forbid it. */
  readonly contextCharacters?: number;
}

interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content?: string;
  readonly thinking?: string;
  readonly tool_name?: string;
  readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: JsonValue } }[];
}

export interface OllamaBody {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly stream?: boolean;
  readonly tools?: readonly {
    readonly type: string;
    readonly function: { readonly name: string; readonly description: string; readonly parameters: JsonValue };
  }[];
  readonly format?: JsonValue;
  readonly think?: JsonValue;
  readonly keep_alive?: JsonValue;
  readonly truncate?: boolean;
  readonly options?: { readonly num_predict?: number; readonly temperature?: number; readonly num_ctx?: number };
}

export interface OllamaServer extends ModelServer {
  /** As they came over the wire. */
  readonly bodies: readonly OllamaBody[];
}

/**
 * Speaks Ollama's chat API as documented, and holds requests to its rules.
 * @see https://docs.ollama.com/api/chat
 */
export const ollamaServer = async (traits: OllamaServerTraits = {}): Promise<OllamaServer> => {
  const bodies: OllamaBody[] = [];
  const server = await serveModel({
    read: (request) => {
      bodies.push(bodyOf(request));
      return seen(request, traits);
    },
    refuse: (request) => refusal(request, traits),
    answer: (script, request) => chat(script, bodyOf(request)),
    error: failure,
  });
  return { ...server, bodies };
};

const bodyOf = ({ body }: WireRequest): OllamaBody => JSON.parse(body) as OllamaBody;

const seen = (request: WireRequest, traits: OllamaServerTraits): Omit<SeenRequest, 'wasAborted'> => {
  const { model, messages, tools = [], format, options } = bodyOf(request);
  const thoughts = messages.flatMap(({ thinking }) => (thinking === undefined ? [] : [thinking]));
  return {
    model,
    system: messages.find(({ role }) => role === 'system')?.content,
    turns: messages.flatMap((message) => (message.role === 'system' ? [] : [turnOf(message, message.role)])),
    tools: tools.map(({ function: { name, description, parameters } }) => ({ name, description, parameters })),
    responseSchema: format,
    maxOutputTokens: options?.num_predict,
    temperature: options?.temperature,
    asksForCache: undefined,
    credentialProblem: credentialProblem(request, traits),
    providerState: thoughts.length === 0 ? undefined : thoughts,
  };
};

const turnOf = (
  { content = '', tool_calls: calls }: WireMessage,
  role: 'user' | 'assistant' | 'tool',
): SeenRequest['turns'][number] => ({
  ...{ role, text: content },
  toolCalls: calls?.map(({ function: { name, arguments: given } }) => ({ id: '', name, arguments: given })),
});

const credentialProblem = ({ headers: { authorization } }: WireRequest, { key }: OllamaServerTraits) => {
  if (authorization === (key === undefined ? undefined : `Bearer ${key}`)) return undefined;
  return key === undefined ? 'a key that nobody asked for' : 'not the key';
};

const refusal = (request: WireRequest, traits: OllamaServerTraits): WireAnswer | undefined => {
  if (request.path !== '/api/chat')
    return { ...error(404, ''), headers: { 'content-type': 'text/plain' }, body: '404 page not found' };
  if (credentialProblem(request, traits)) return error(401, 'unauthorized');
  const { model, messages, tools, truncate = true } = bodyOf(request);
  if (traits.pulled && !traits.pulled.includes(model)) return error(404, `model '${model}' not found`);
  if (traits.hasNoTools && tools?.length)
    return error(400, `registry.ollama.ai/library/${model} does not support tools`);
  if (messages.some(isMalformed))
    return error(400, 'json: cannot unmarshal string into Go struct field ChatRequest.messages');
  const length = messages.reduce((sum, { content = '' }) => sum + content.length, 0);
  if (length > (traits.contextCharacters ?? Number.POSITIVE_INFINITY) && !truncate) return tooLong;
  return undefined;
};

const isMalformed = ({ role, content, tool_calls: calls = [] }: WireMessage): boolean =>
  !['system', 'user', 'assistant', 'tool'].includes(role) ||
  typeof content !== 'string' ||
  calls.some(
    ({ function: { arguments: given } }) => typeof given !== 'object' || given === null || Array.isArray(given),
  );

const chat = (script: AnswerScript, { model }: OllamaBody): WireAnswer => {
  const { text, structured, thinking, toolCalls, finish, usage = {} } = script;
  const message = {
    role: 'assistant',
    content: structured ?? text ?? '',
    ...(thinking !== undefined && { thinking }),
    ...(toolCalls && {
      tool_calls: toolCalls.map(({ name, arguments: given }) => ({ function: { name, arguments: given } })),
    }),
  };
  return json(200, {
    ...{ model, created_at: '2026-11-28T10:00:00.000Z', message, done: true },
    done_reason: finish === 'length' ? 'length' : 'stop',
    ...{ total_duration: 5_191_566_416, load_duration: 2_154_458 },
    ...{ prompt_eval_count: usage.inputTokens ?? 10, prompt_eval_duration: 383_809_000 },
    ...{ eval_count: usage.outputTokens ?? 5, eval_duration: 4_799_921_000 },
  });
};

const failure = (
  { status, reason, retryAfterSeconds, echoesKey }: ErrorScript,
  { headers, body }: WireRequest,
): WireAnswer => {
  if (reason === 'context-length') return tooLong;
  const { model } = JSON.parse(body) as OllamaBody;
  const said = statusTexts[status]?.replace('%', model) ?? `error ${status}`;
  const wait = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { ...error(status, echoesKey ? `${said} (${headers.authorization})` : said), headers: wait };
};

const statusTexts: { readonly [status: number]: string } = {
  400: 'invalid options: temperature',
  404: "model '%' not found",
  500: 'llama runner process has terminated: exit status 2',
  503: 'server busy, please try again. maximum pending requests exceeded',
};

const error = (status: number, message: string): WireAnswer => json(status, { error: message });

const json = (status: number, body: JsonObject): WireAnswer => ({ status, body: JSON.stringify(body) });

const tooLong = error(400, 'the input length exceeds the context length');
