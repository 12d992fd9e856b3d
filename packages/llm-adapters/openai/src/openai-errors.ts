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

const refusedKey: Meaning = {
  reason: 'authentication',
  hint: 'Check OPENAI_API_KEY or the option apiKey; a baseURL other than OpenAI’s is given the option only.',
};
const noCredit: Meaning = {
  reason: 'quota',
  hint: 'Add credit or raise the limit: https://platform.openai.com/settings/organization/billing',
};
const tooLong: Meaning = {
  reason: 'context-length',
  hint: 'Send less, ask for fewer tokens, or use a model with a larger context.',
};
const refused: Meaning = { reason: 'content-filter' };
const invalid: Meaning = { reason: 'invalid-request' };
const unknownModel: Meaning = {
  reason: 'not-found',
  hint: 'Check the name of the model, that the key may use it, and baseURL, which mostly ends in /v1.',
};
const tooSlow: Meaning = { reason: 'timeout', hint: 'Ask for fewer tokens, or use a faster model.' };
const otherHost: Meaning = { reason: 'unknown', hint: 'Check the option baseURL, which mostly ends in /v1.' };
const unreachable: Meaning = {
  reason: 'connection',
  hint: 'Check that the server runs, the network, baseURL and proxy.',
};

/** Codes and types of OpenAI and of servers that speak its protocol. @see https://platform.openai.com/docs/guides/error-codes */
const codes: { readonly [code: string]: Meaning } = {
  insufficient_quota: noCredit,
  billing_hard_limit_reached: noCredit,
  billing_not_active: noCredit,
  context_length_exceeded: tooLong,
  exceed_context_size_error: tooLong,
  content_filter: refused,
  content_policy_violation: refused,
  invalid_api_key: refusedKey,
  model_not_found: unknownModel,
};

/** What servers say in words only. */
const invalidRequests: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/maximum context|context (length|window|size)|prompt is too long|reduce the length/i, tooLong],
  [/content (management )?policy|content filter/i, refused],
];

const statuses: { readonly [status: number]: Meaning } = {
  400: invalid,
  401: refusedKey,
  402: noCredit,
  403: refusedKey,
  404: unknownModel,
  408: tooSlow,
  413: tooLong,
  422: invalid,
  429: { reason: 'rate-limit' },
  501: invalid,
  504: tooSlow,
};

/** What the SDK throws, or what a server puts into an answer, as far as it is one. */
interface Thrown extends AnyThrown {
  readonly status?: unknown;
  readonly type?: unknown;
  readonly param?: unknown;
  readonly headers?: unknown;
}

/** Reason and hint for what a call threw: codes before words before the status. */
export const classify = (error: Thrown): Meaning => {
  const byCode = [error.code, error.type].map((code) => codes[String(code)]).find((meaning) => meaning !== undefined);
  if (byCode) return byCode;
  const { status } = error;
  if (typeof status !== 'number') return withoutAnswer(error);
  const byWords = invalidRequests.find(([pattern]) => status < 429 && pattern.test(String(error.message)))?.[1];
  return byWords ?? statuses[status] ?? { reason: status >= 500 ? 'overloaded' : 'unknown' };
};

const timeCodes = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;

/** Nothing arrived, or half an answer: what happened is told by one of the causes. */
const withoutAnswer = (error: Thrown): Meaning => {
  const causes = causesOf(error);
  const isLate = causes.some(
    ({ code, message }) => timeCodes.test(String(code)) || /^Request timed out/.test(String(message)),
  );
  if (isLate) return tooSlow;
  const isLost = causes.some(
    (cause) =>
      isOfNetwork(cause) || /^(terminated|fetch failed|Connection error|Premature close)/.test(String(cause.message)),
  );
  return isLost ? unreachable : otherHost;
};

/** In which words a server refused a request as it was; `undefined` for errors of any other kind. */
export const refusalOf = (error: unknown): string | undefined => {
  const { status, param, message }: Thrown = thrownOf(error);
  return status === 400 || status === 422 ? `${param ?? ''} ${message}` : undefined;
};

/** An error that came with status 200, as OpenRouter sends those of the hosts behind it. */
export const errorWithin = (completion: unknown): Error | undefined => {
  const error =
    typeof completion === 'object' && completion !== null && 'error' in completion ? completion.error : null;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message } = error as Thrown;
  return Object.assign(new Error(String(message)), typeof code === 'number' ? { status: code } : { code });
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
  const masked = (text: string) => withoutSecrets(text, secrets).replace(partOfKey, '…');
  const { reason, hint } = classify(thrown);
  const retryAfterMs = retryAfterOf(thrown.headers);
  return new LanguageModelError(reason, `openai/${model}: ${shortened(masked(messageOf(thrown)))}`, {
    hint,
    cause: safeCause(error, masked),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
};

/** A host that answered, but not as Chat Completions does. */
export const noCompletion = (): LanguageModelError =>
  new LanguageModelError('unknown', 'the host answered with something that is no chat completion', {
    hint: otherHost.hint,
    cause: new Error('no choices in the answer'),
  });

/** What the server said, though never a page of HTML; where none did, what happened and why. */
const messageOf = (thrown: Thrown): string => {
  const { message, status } = thrown;
  if (typeof status === 'number')
    return /<\w/.test(String(message)) ? `the host answered with status ${status}` : String(message);
  const [, ...causes] = causesOf(thrown);
  const why = causes.map((cause) => cause.message).findLast((said) => typeof said === 'string' && said !== '');
  return why === undefined ? String(message) : `${message} (${why})`;
};

/** OpenAI repeats a refused key in part: `sk-ab***yz`. */
const partOfKey = /\bsk-[\w*-]+/g;
