import type { JsonObject, JsonValue, ModelMessage, ModelRequest, ModelUsage, ToolCall } from '@aegis/spec';
import type { AnswerScript, ErrorScript, ModelServer } from '../model-kit.js';
import { type ModelProtocol, serveModel, type WireAnswer } from '../serve-model.js';

/** A vendor that speaks the contract as JSON, so that a test can see what an adapter made of it. */
export interface PlainRequest extends Omit<ModelRequest, 'signal' | 'system' | 'responseSchema'> {
  readonly key: string;
  readonly system?: string | undefined;
  readonly responseSchema?: JsonObject | undefined;
  readonly model: string;
  readonly cache: boolean;
  /** Sealed thoughts of earlier answers. */
  readonly thoughts?: JsonValue;
}

export interface PlainAnswer {
  readonly model: string;
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly thought?: { readonly words: string; readonly seal: string };
  readonly end: 'stop' | 'length' | 'tool_calls' | 'refusal';
  readonly tokens: ModelUsage;
}

export const plainKey = 'plain-secret-key';

const noTokens: ModelUsage = {
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

const read = (body: string): PlainRequest => JSON.parse(body);

const answer = ({ text, structured, toolCalls = [], thinking, finish, usage }: AnswerScript): WireAnswer => ({
  status: 200,
  body: JSON.stringify({
    model: 'plain-1-2026',
    text: structured ?? text ?? '',
    calls: toolCalls,
    ...(thinking !== undefined && { thought: { words: thinking, seal: sealOf(thinking) } }),
    end: finish ?? 'stop',
    tokens: { ...noTokens, ...usage },
  } satisfies PlainAnswer),
});

const sealOf = (words: string): string => `seal-${words.length}`;

const error = ({ status, reason, retryAfterSeconds, echoesKey }: ErrorScript, body: string): WireAnswer => ({
  status,
  headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  body: JSON.stringify({ kind: reason ?? String(status), message: `refused${echoesKey ? ` ${read(body).key}` : ''}` }),
});

const plainProtocol: ModelProtocol = {
  read: ({ body }) => {
    const request = read(body);
    return {
      model: request.model,
      system: request.system,
      turns: request.messages.map(turnOf),
      tools: request.tools ?? [],
      responseSchema: request.responseSchema,
      maxOutputTokens: request.maxOutputTokens,
      temperature: request.temperature,
      asksForCache: request.cache,
      credentialProblem: request.key === plainKey ? undefined : 'the key is wrong',
      providerState: request.thoughts,
    };
  },
  refuse: () => undefined,
  answer,
  error: (script, { body }) => error(script, body),
};

const turnOf = ({ content: text, ...message }: ModelMessage) => ({ text, ...message });

export const plainServer = (): Promise<ModelServer> => serveModel(plainProtocol);
