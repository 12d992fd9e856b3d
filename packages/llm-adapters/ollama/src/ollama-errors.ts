import {
  type Thrown as AnyThrown,
  causesOf,
  isOfNetwork,
  type Meaning,
  retryAfterOf,
  safeCause,
  shortened,
  thrownOf,
  withoutSecrets,
} from '@aegis/llm/transport';
import { isAegisError, LanguageModelError } from '@aegis/spec';

/** What a server answered instead of 200. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  constructor(status: number, body: string, headers: Pick<Headers, 'get'>) {
    super(saidIn(body) ?? `the host answered with status ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

/** Errors are `{"error": "…"}`, though some are plain text; a page of a gateway says nothing. */
const saidIn = (body: string): string | undefined => {
  try {
    const { error } = JSON.parse(body);
    return typeof error === 'string' ? error : JSON.stringify(error);
  } catch {
    return body.trim() === '' || body.includes('<') ? undefined : body;
  }
};

const refusedKey: Meaning = {
  reason: 'authentication',
  hint: 'Check OLLAMA_API_KEY, or the options apiKey and headers.',
};
const invalid: Meaning = { reason: 'invalid-request' };
const otherHost: Meaning = {
  reason: 'unknown',
  hint: 'Check OLLAMA_HOST or the option host: what answers there is no Ollama.',
};
const unreachable: Meaning = {
  reason: 'connection',
  hint: 'Start Ollama (ollama serve), or say where it listens: OLLAMA_HOST or the option host.',
};
const tooSlow: Meaning = { reason: 'timeout', hint: 'Ask for fewer tokens, or use a smaller model.' };

/** What Ollama says in words only, under several statuses. */
const messages: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [
    /(exceeds?|exceeded|longer than).*context|context (length|window|size) exceeded/i,
    {
      reason: 'context-length',
      hint: 'Raise the option contextLength as far as model and memory allow, or send less.',
    },
  ],
  [/does not support (tools|thinking|chat)/i, { ...invalid, hint: 'Use a model that does: https://ollama.com/search' }],
  [
    /requires more system memory|out of memory/i,
    { reason: 'unknown', hint: 'Use a smaller model, or a smaller contextLength.' },
  ],
];

const statuses: { readonly [status: number]: Meaning } = {
  400: invalid,
  401: refusedKey,
  402: { reason: 'quota', hint: 'Raise the limit of the account at ollama.com.' },
  403: refusedKey,
  408: tooSlow,
  413: invalid,
  429: { reason: 'rate-limit' },
  504: tooSlow,
};

/** What the SDK, or fetch below it, throws. */
interface Thrown extends AnyThrown {
  readonly status?: unknown;
  /** Of the SDK's own errors. */
  readonly status_code?: unknown;
  readonly headers?: unknown;
}

/** Reason and hint for what a call threw: words before the status. */
export const classify = (error: Thrown, model: string): Meaning => {
  const status = error.status ?? error.status_code;
  if (typeof status !== 'number') return withoutAnswer(error);
  if (status === 404) return notFound(String(error.message), model);
  const byWords = messages.find(([pattern]) => pattern.test(String(error.message)))?.[1];
  return byWords ?? statuses[status] ?? { reason: status >= 500 ? 'overloaded' : 'unknown' };
};

const notFound = (message: string, model: string): Meaning => ({
  reason: 'not-found',
  hint: /^model\b|\bmodel\b.*not found|pull/i.test(message) ? `Run: ollama pull ${model}` : otherHost.hint,
});

/** Nothing arrived, or half an answer: what happened is told by one of the causes. */
const withoutAnswer = (error: Thrown): Meaning => {
  const isLost = causesOf(error).some(
    (cause) => isOfNetwork(cause) || /^(terminated|fetch failed)/.test(String(cause.message)),
  );
  return isLost ? unreachable : otherHost;
};

export interface ErrorContext {
  readonly model: string;
  /** What no error may show. */
  readonly secrets: readonly string[];
}

/** Wraps what a call threw; an error that is already classified stays as it is. */
export const modelError = (error: unknown, { model, secrets }: ErrorContext): Error => {
  if (isAegisError(error)) return error;
  const thrown: Thrown = thrownOf(error);
  const masked = (text: string) => withoutSecrets(text, secrets);
  const { reason, hint } = classify(thrown, model);
  const retryAfterMs = retryAfterOf(thrown.headers);
  return new LanguageModelError(reason, `ollama/${model}: ${shortened(masked(messageOf(thrown)))}`, {
    hint,
    cause: safeCause(error, masked),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
};

/** A host that answered, but not as Ollama does. */
export const noChat = (): LanguageModelError =>
  new LanguageModelError('unknown', 'the host answered with something that is no answer of Ollama', {
    hint: otherHost.hint,
    cause: new Error('no message in the answer'),
  });

/** What happened and why. */
const messageOf = (thrown: Thrown): string => {
  const [, ...causes] = causesOf(thrown);
  const why = causes.map((cause) => cause.message).findLast((said) => typeof said === 'string' && said !== '');
  return why === undefined ? String(thrown.message) : `${thrown.message} (${why})`;
};
