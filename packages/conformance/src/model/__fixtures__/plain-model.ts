import {
  type JsonValue,
  type LanguageModel,
  LanguageModelError,
  type ModelMessage,
  type ModelReason,
  type ModelRequest,
  type ModelResponse,
} from '@aegis/spec';
import type { PlainAnswer, PlainRequest } from './plain-server.js';

/** What an author of an adapter may get wrong. */
export type Mistake =
  | 'trims text'
  | 'knows no end but stop'
  | 'takes whatever JSON for an answer'
  | 'forgets the system text'
  | 'writes into the request'
  | 'sends foreign state'
  | 'counts calls anew'
  | 'mixes up results'
  | 'hides failures of tools'
  | 'loses thoughts'
  | 'shows thoughts as text'
  | 'forgets the schema'
  | 'mends half an answer'
  | 'counts cached tokens as input'
  | 'tries again by itself'
  | 'has one reason for everything'
  | 'forgets how long to wait'
  | 'answers what arrived before the break'
  | 'has no time limit'
  | 'gives up without closing'
  | 'sends what was stopped before'
  | 'stays on the signal'
  | 'shows the key'
  | 'asks for the key at once'
  | 'asks for no cache';

export interface PlainOptions {
  readonly url: string;
  readonly key?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly mistake?: Mistake | undefined;
}

const reasons: { readonly [kind: string]: ModelReason } = {
  '400': 'invalid-request',
  '401': 'authentication',
  '403': 'authentication',
  '404': 'not-found',
  '429': 'rate-limit',
  quota: 'quota',
  'context-length': 'context-length',
  'content-filter': 'content-filter',
};

/** An adapter for the plain vendor, right but for one mistake. */
export class PlainModel implements LanguageModel {
  readonly contract = 'language-model/v1';
  readonly provider = 'plain';
  readonly model = 'plain-1';
  readonly #options: PlainOptions;

  constructor(options: PlainOptions) {
    this.#options = options;
    if (this.#makes('asks for the key at once')) this.#key();
  }

  async generate(request: ModelRequest): Promise<ModelResponse> {
    if (this.#makes('writes into the request')) Object.assign(request.messages[0] ?? {}, { content: 'changed' });
    const body = JSON.stringify(this.#written(request));
    const ending = new Ending(request.signal, this.#options);
    try {
      return this.#read(await this.#send(body, ending), request);
    } catch (cause) {
      throw cause instanceof LanguageModelError ? cause : ending.failure(cause);
    } finally {
      ending.release();
    }
  }

  #makes(mistake: Mistake): boolean {
    return this.#options.mistake === mistake;
  }

  #key(): string {
    if (this.#options.key !== undefined) return this.#options.key;
    throw new LanguageModelError('authentication', 'PLAIN_KEY is not set', { hint: 'Set it, or the option key.' });
  }

  #written({ signal: _, ...request }: ModelRequest): PlainRequest {
    const thoughts = request.messages.flatMap((message) => this.#thoughtsOf(message));
    return {
      ...request,
      ...(this.#makes('forgets the system text') && { system: undefined }),
      ...(this.#makes('forgets the schema') && { responseSchema: undefined }),
      messages: this.#makes('mixes up results') ? request.messages.toReversed() : request.messages.map(this.#message),
      key: this.#key(),
      model: this.model,
      cache: !this.#makes('asks for no cache'),
      ...(thoughts.length > 0 && { thoughts }),
    };
  }

  readonly #message = (message: ModelMessage): ModelMessage =>
    message.role === 'tool' && this.#makes('hides failures of tools') ? { ...message, isError: false } : message;

  #thoughtsOf(message: ModelMessage): readonly JsonValue[] {
    if (message.role !== 'assistant' || message.providerState === undefined) return [];
    if (this.#makes('loses thoughts')) return [];
    const isOurs = JSON.stringify(message.providerState).includes('seal-');
    return isOurs || this.#makes('sends foreign state') ? [message.providerState] : [];
  }

  async #send(body: string, ending: Ending): Promise<PlainAnswer> {
    const attempt = () => fetch(this.#options.url, { method: 'POST', body, signal: ending.signal });
    const first = await ending.orGiveUp(attempt());
    const response = first.status >= 500 && this.#makes('tries again by itself') ? await attempt() : first;
    if (!response.ok) throw await this.#failure(response);
    return JSON.parse(await ending.orGiveUp(this.#text(response)));
  }

  async #text(response: Response): Promise<string> {
    if (!this.#makes('answers what arrived before the break')) return response.text();
    return response.text().catch(() => JSON.stringify({ text: 'An answer', calls: [], model: 'plain', tokens: {} }));
  }

  async #failure(response: Response): Promise<LanguageModelError> {
    const told = await response.text();
    const { kind = '', message = '' } = told.startsWith('{') ? JSON.parse(told) : {};
    const reason = this.#makes('has one reason for everything') ? 'unknown' : (reasons[kind] ?? 'overloaded');
    const seconds = this.#makes('forgets how long to wait') ? null : response.headers.get('retry-after');
    const shown = this.#makes('shows the key') ? message : `the vendor answered ${response.status}`;
    return new LanguageModelError(reason, shown, {
      cause: new Error(`status ${response.status}`),
      hint: 'See the documentation of the vendor.',
      ...(seconds !== null && { retryAfterMs: Number(seconds) * 1_000 }),
    });
  }

  #read({ text, calls, thought, end, tokens, model }: PlainAnswer, { responseSchema }: ModelRequest): ModelResponse {
    if (typeof text !== 'string' && !this.#makes('takes whatever JSON for an answer')) throw new Error('no answer');
    const words = this.#makes('shows thoughts as text') ? `${thought?.words ?? ''}${text}` : (text ?? '');
    const object = responseSchema && !calls.length ? this.#object(text) : undefined;
    return {
      text: this.#makes('trims text') ? words.trim() : words,
      toolCalls: this.#makes('counts calls anew') ? calls.map((call, index) => ({ ...call, id: `${index}` })) : calls,
      ...(object !== undefined && { object }),
      finishReason: this.#makes('knows no end but stop') ? 'stop' : end === 'refusal' ? 'content_filter' : end,
      usage: this.#usage(tokens),
      model: model ?? '',
      ...(thought && { providerState: thought }),
    };
  }

  #usage(tokens: PlainAnswer['tokens']): PlainAnswer['tokens'] {
    if (!this.#makes('counts cached tokens as input')) return tokens;
    return { ...tokens, inputTokens: tokens.inputTokens + tokens.cacheReadTokens };
  }

  #object(text: string): JsonValue | undefined {
    try {
      return JSON.parse(text);
    } catch {
      return this.#makes('mends half an answer') ? {} : undefined;
    }
  }
}

/** Why a call ends early: nobody wants it any more, or it took too long. */
class Ending {
  readonly #options: PlainOptions;
  readonly #caller: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  #isLate = false;

  constructor(caller: AbortSignal | undefined, options: PlainOptions) {
    this.#options = options;
    this.#caller = caller;
    if (caller?.aborted && options.mistake !== 'sends what was stopped before') this.#controller.abort();
    caller?.addEventListener('abort', this.#stop);
    if (options.timeoutMs !== undefined) this.#timer = setTimeout(this.#expire, options.timeoutMs);
  }

  get signal(): AbortSignal | null {
    const { mistake } = this.#options;
    return mistake === 'gives up without closing' ? null : this.#controller.signal;
  }

  /** The outcome of the work, or the end of the call where the work does not notice it. */
  orGiveUp<Value>(work: Promise<Value>): Promise<Value> {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#controller.signal.addEventListener('abort', () => reject(new Error('given up')));
    return Promise.race([work, promise]);
  }

  failure(cause: unknown): LanguageModelError {
    if (this.#isLate) return ended('timeout', 'no answer in time', cause);
    if (this.#caller?.aborted) return ended('cancelled', 'the call was stopped', cause);
    if (cause instanceof TypeError) return ended('connection', 'the connection failed', cause);
    return ended('unknown', 'the answer is not one of this vendor', cause);
  }

  release(): void {
    clearTimeout(this.#timer);
    if (this.#options.mistake !== 'stays on the signal') this.#caller?.removeEventListener('abort', this.#stop);
  }

  readonly #stop = (): void => this.#controller.abort();

  readonly #expire = (): void => {
    this.#isLate = this.#options.mistake !== 'has no time limit';
    this.#controller.abort();
  };
}

const ended = (reason: ModelReason, message: string, cause: unknown): LanguageModelError =>
  new LanguageModelError(reason, message, { cause, hint: 'Check the host, and allow more time.' });
