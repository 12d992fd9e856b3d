import type { JsonValue, LanguageModel, ModelUsage } from '@aegis/spec';

/**
 * What the vendor's server does with one request. `answer`, in full: text, tool calls and usage in the vendor's own wire
 * form, streamed or whole as the adapter asked for it.
 */
export type ModelScript =
  | {
      readonly kind: 'answer';
      readonly text?: string | undefined;
      readonly toolCalls?:
        | readonly { readonly id: string; readonly name: string; readonly arguments: JsonValue }[]
        | undefined;
      /** Text of a structured answer, as the vendor carries it; may be malformed on purpose. */
      readonly structured?: string | undefined;
      readonly finish?: 'stop' | 'length' | 'tool_calls' | 'refusal' | undefined;
      readonly usage?: Partial<ModelUsage> | undefined;
      readonly delayMs?: number | undefined;
    }
  /** The vendor's documented error body for this status. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly retryAfterSeconds?: number | undefined;
      readonly reason?: 'quota' | 'context-length' | 'content-filter' | undefined;
    }
  /** Headers and half a body, then the connection is cut. */
  | { readonly kind: 'drop' }
  /** The request is taken and never answered. */
  | { readonly kind: 'hang' };

/** One request as the server read it, in terms of the contract. */
export interface SeenRequest {
  readonly model: string;
  readonly system: string | undefined;
  /** In order; tool results as `tool`. */
  readonly turns: readonly {
    readonly role: 'user' | 'assistant' | 'tool';
    readonly text: string;
    readonly toolCalls?:
      | readonly { readonly id: string; readonly name: string; readonly arguments: JsonValue }[]
      | undefined;
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

/** What the author of an adapter gives to the kit. */
export interface ModelKit {
  /** Shown in the names of tests. */
  readonly name: string;
  serve(): Promise<ModelServer>;
  /** A model that talks to the server, with valid credentials, made as a user would make it; retries of the SDK switched off. */
  create(server: ModelServer, options?: { readonly timeoutMs?: number }): LanguageModel;
  /** A model of the real service; `undefined` when no credentials are set. `missing` names the variable. */
  real?(): { readonly model: LanguageModel | undefined; readonly missing: string };
  /** What the vendor's protocol cannot say, with the reason; the law is skipped. */
  readonly lacks?: {
    readonly [feature in
      | 'toolCallIds'
      | 'cachedUsage'
      | 'reasoningUsage'
      | 'promptCache'
      | 'refusal'
      | 'retryAfter'
      | 'toolErrors'
      | 'quota'
      | 'authentication']?: string;
  };
}
