import type { JsonValue, LanguageModel, ModelUsage, ToolCall } from '@aegis/spec';

/** Text, tool calls and usage in the vendor's own wire form, streamed or whole as the adapter asked for it. */
export interface AnswerScript {
  readonly kind: 'answer';
  readonly text?: string | undefined;
  readonly toolCalls?: readonly ToolCall[] | undefined;
  /** Text of a structured answer, as the vendor carries it; may be malformed on purpose. */
  readonly structured?: string | undefined;
  /** What the model thought first, together with whatever the vendor wants back with it, such as a signature. */
  readonly thinking?: string | undefined;
  readonly finish?: 'stop' | 'length' | 'tool_calls' | 'refusal' | undefined;
  readonly usage?: Partial<ModelUsage> | undefined;
  readonly delayMs?: number | undefined;
}

/** The vendor's documented error body for this status; with a reason, the vendor's own status and body for that. */
export interface ErrorScript {
  readonly kind: 'error';
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
  readonly reason?: 'quota' | 'context-length' | 'content-filter' | undefined;
  /** The message repeats the key that was sent, as some gateways do. */
  readonly echoesKey?: boolean | undefined;
}

/** What the vendor's server does with one request. */
export type ModelScript =
  | AnswerScript
  | ErrorScript
  /** Headers and half a body, then the connection is cut. */
  | { readonly kind: 'drop' }
  /** The request is taken and never answered, or after half an answer no more comes. */
  | { readonly kind: 'hang'; readonly afterHalf?: boolean | undefined };

/** One request as the server read it, in terms of the contract. */
export interface SeenRequest {
  readonly model: string;
  readonly system: string | undefined;
  /** In order; tool results as `tool`. */
  readonly turns: readonly {
    readonly role: 'user' | 'assistant' | 'tool';
    readonly text: string;
    readonly toolCalls?: readonly ToolCall[] | undefined;
    readonly toolCallId?: string | undefined;
    readonly isError?: boolean | undefined;
  }[];
  readonly tools: readonly { readonly name: string; readonly description: string; readonly parameters: JsonValue }[];
  /** The JSON Schema that the answer was bound to, however the vendor takes it. */
  readonly responseSchema: JsonValue | undefined;
  readonly maxOutputTokens: number | undefined;
  readonly temperature: number | undefined;
  /** Whether the request asks the vendor to cache its beginning; `undefined` where the vendor caches by itself or not at all. */
  readonly asksForCache: boolean | undefined;
  /** What was wrong with the request's credentials (a bad key, an invalid signature); `undefined` when nothing was. */
  readonly credentialProblem: string | undefined;
  /** Whether the client closed the connection before the answer was sent. */
  readonly wasAborted: () => boolean;
  /** The vendor's own opaque state that came back with earlier answers, e.g. thinking blocks. */
  readonly providerState: JsonValue | undefined;
}

/** A loopback server that speaks one vendor's documented protocol. Plays its scripts in turn. */
export interface ModelServer {
  /** e.g. `http://127.0.0.1:43121`. */
  readonly url: string;
  play(...scripts: readonly ModelScript[]): void;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** What a vendor's protocol may be unable to say. */
export type ModelFeature =
  | 'toolCallIds'
  | 'toolErrors'
  /** Thinking that has to be handed back. */
  | 'thinking'
  /** A structured answer whose text may be no JSON. */
  | 'malformedAnswers'
  /** Tokens read from a cache. */
  | 'cachedUsage'
  /** Tokens written into a cache. */
  | 'cacheWriteUsage'
  | 'reasoningUsage'
  | 'promptCache'
  /** An answer that ends with a refusal. */
  | 'refusal'
  /** An error that says that the vendor refused. */
  | 'contentFilter'
  | 'contextLength'
  | 'retryAfter'
  | 'quota'
  /** Keys of any kind. */
  | 'authentication';

/** How the adapter deals with keys. */
export interface ModelCredentials {
  /** What `create` gives as the key, e.g. `sk-secret`. No error may show it. */
  readonly secret: string;
  /** What the error of missing credentials has to name, e.g. `['ANTHROPIC_API_KEY', 'apiKey']`. */
  readonly names: readonly string[];
  /** A model as `create` makes it, without any credentials. */
  createWithout(server: ModelServer): LanguageModel;
}

/** What the author of an adapter gives to the kit. */
export interface ModelKit {
  /** Shown in the names of tests. */
  readonly name: string;
  serve(): Promise<ModelServer>;
  /** A model that talks to the server, with valid credentials, made as a user would make it; retries of the SDK switched off. */
  create(server: ModelServer, options?: { readonly timeoutMs?: number }): LanguageModel;
  /** A model of the real service; `undefined` when no credentials are set. `missing` names the variable. */
  real?(): { readonly model: LanguageModel | undefined; readonly missing: string };
  /** Absent where `lacks.authentication` says so. */
  readonly credentials?: ModelCredentials;
  /** What the vendor's protocol cannot say, with the reason; the law is skipped. */
  readonly lacks?: { readonly [feature in ModelFeature]?: string };
}
