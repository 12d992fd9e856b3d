import { type Meaning, retryAfterOf, safeCause, shortened, withoutSecrets } from '@aegis/llm/transport';
import { isAegisError, LanguageModelError } from '@aegis/spec';

const noCredit: Meaning = {
  reason: 'quota',
  hint: 'Add credit or raise the spend limit: https://platform.claude.com/settings/billing',
};
const tooLong: Meaning = {
  reason: 'context-length',
  hint: 'Send less, ask for fewer tokens, or use a model with a larger context.',
};
const refusedKey: Meaning = {
  reason: 'authentication',
  hint: 'Check ANTHROPIC_API_KEY or the option apiKey, and what the key may be used for.',
};
const unknownModel: Meaning = {
  reason: 'not-found',
  hint: 'Check the name of the model: https://platform.claude.com/docs/en/about-claude/models/overview, and baseURL, which ends before /v1.',
};
const tooSlow: Meaning = { reason: 'timeout', hint: 'Ask for fewer tokens, or use a faster model.' };
const busy: Meaning = { reason: 'overloaded' };
const otherHost: Meaning = { reason: 'unknown', hint: 'Check the option baseURL.' };
const unreachable: Meaning = { reason: 'connection', hint: 'Check the network, baseURL and proxy.' };

/** Codes in `error.details.error_code`, more specific than the type beside them. */
const errorCodes: { readonly [code: string]: Meaning } = {
  enforced_spend_limit_reached: noCredit,
  contract_spend_limit_reached: noCredit,
  linked_organization_spend_limit_reached: noCredit,
  linked_organization_billing_unavailable: noCredit,
  organization_on_hold: refusedKey,
};

/** What `invalid_request_error` also stands for, told in words only. */
const invalidRequests: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/prompt is too long|exceed(s|ed)? (the )?(model's )?(maximum )?context|exceed context limit/i, tooLong],
  [/credit balance is too low|reached your specified (workspace )?API usage limits/i, noCredit],
  [/content filtering policy/i, { reason: 'content-filter' }],
  [
    /output_config|compiled grammar/i,
    { reason: 'invalid-request', hint: 'With the option structuredOutput: tool the schema may be any.' },
  ],
];

/** @see https://platform.claude.com/docs/en/api/errors */
const errorTypes: { readonly [type: string]: Meaning } = {
  invalid_request_error: { reason: 'invalid-request' },
  authentication_error: refusedKey,
  permission_error: refusedKey,
  billing_error: noCredit,
  not_found_error: unknownModel,
  request_too_large: tooLong,
  rate_limit_error: { reason: 'rate-limit' },
  timeout_error: tooSlow,
  api_error: busy,
  overloaded_error: busy,
};

/** For hosts that answer in another form, such as gateways. */
const statuses: { readonly [status: number]: Meaning } = {
  401: refusedKey,
  402: noCredit,
  403: refusedKey,
  404: unknownModel,
  407: unreachable,
  408: tooSlow,
  413: tooLong,
  429: { reason: 'rate-limit' },
  504: tooSlow,
};

/** Errors of the SDK without an answer, by name, and codes of Node and undici beneath them. */
const failures: { readonly [nameOrCode: string]: Meaning } = {
  APIUserAbortError: { reason: 'cancelled' },
  APIConnectionTimeoutError: { ...unreachable, reason: 'timeout' },
  APIConnectionError: unreachable,
  ECONNRESET: unreachable,
  ECONNREFUSED: unreachable,
  UND_ERR_SOCKET: unreachable,
  UND_ERR_CONNECT_TIMEOUT: unreachable,
  SyntaxError: otherHost,
};

interface VendorError {
  readonly type?: unknown;
  readonly message?: unknown;
  readonly details?: { readonly error_code?: unknown } | null;
}

/** What the SDK throws, by the members that are read; of any version, since users bring their own clients. */
interface Thrown {
  readonly message: string;
  readonly status?: number | undefined;
  readonly body?: VendorError | undefined;
  readonly headers?: unknown;
  readonly cause: Error;
}

/** Reason and hint for what the SDK threw: codes before words before types before statuses. */
export const classify = (error: unknown): Meaning => {
  const { status, body, message, cause } = thrownOf(error);
  const byCode = errorCodes[String(body?.details?.error_code)];
  const isInvalid = body?.type === 'invalid_request_error';
  const byWords = isInvalid ? invalidRequests.find(([pattern]) => pattern.test(message))?.[1] : undefined;
  const answered = byCode ?? byWords ?? errorTypes[String(body?.type)];
  return answered ?? (status === undefined ? failureOf(cause) : statusMeaning(status));
};

const statusMeaning = (status: number): Meaning =>
  statuses[status] ?? (status >= 500 ? busy : { reason: status >= 400 ? 'invalid-request' : 'unknown' });

const failureOf = (error: Error): Meaning => {
  const keys = [error.constructor.name, codeOf(error), codeOf(error.cause)];
  return keys.map((key) => failures[key]).find((meaning) => meaning !== undefined) ?? { reason: 'unknown' };
};

const codeOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : '';

const thrownOf = (error: unknown): Thrown => {
  const cause = error instanceof Error ? error : new Error(String(error));
  const { status, error: answer, headers } = cause as { status?: unknown; error?: unknown; headers?: unknown };
  const body = nestedError(answer);
  return {
    cause,
    message: typeof body?.message === 'string' ? body.message : messageOf(cause, status),
    ...(typeof status === 'number' && { status }),
    body,
    headers,
  };
};

const nestedError = (answer: unknown): VendorError | undefined =>
  typeof answer === 'object' && answer !== null && 'error' in answer ? (answer.error as VendorError) : undefined;

/** Without an answer in the vendor's form, what is known of it: never a page of HTML. */
const messageOf = (error: Error, status: unknown): string => {
  if (typeof status === 'number') return `the host answered with status ${status}`;
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};

export interface ErrorContext {
  readonly model: string;
  /** What no error may show. */
  readonly secrets: readonly string[];
}

/** Wraps what a call threw; an error that is already classified stays as it is. */
export const modelError = (error: unknown, { model, secrets }: ErrorContext): Error => {
  if (isAegisError(error)) return error;
  const { message, cause, headers } = thrownOf(error);
  const masked = (text: string) => withoutSecrets(text, secrets);
  const { reason, hint } = classify(error);
  const retryAfterMs = retryAfterOf(headers);
  return new LanguageModelError(reason, `anthropic/${model}: ${shortened(masked(message))}`, {
    hint,
    cause: safeCause(cause, masked),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
};

/** A host that answered, but not as the Messages API does. */
export const noMessage = (): LanguageModelError =>
  new LanguageModelError('unknown', 'the host answered with something that is no message of the Messages API', {
    hint: otherHost.hint,
    cause: new Error('no content in the answer'),
  });
