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
  hint: 'Check the AWS credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the options profile and apiKey.',
};
const noCredentials: Meaning = {
  reason: 'authentication',
  hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the option profile or apiKey.',
};
const expired: Meaning = {
  reason: 'authentication',
  hint: 'Sign in again (aws sso login), or renew the session token. If they are fresh, check the clock.',
};
const noAccess: Meaning = {
  reason: 'authentication',
  hint: 'The credentials need bedrock:InvokeModel, and the account access to the model in this region.',
};
const noQuota: Meaning = {
  reason: 'quota',
  hint: 'Raise the quota in Service Quotas, or use another region or model.',
};
const tooLong: Meaning = {
  reason: 'context-length',
  hint: 'Send less, ask for fewer tokens, or use a model with a larger context.',
};
const invalid: Meaning = { reason: 'invalid-request' };
const unknownModel: Meaning = {
  reason: 'not-found',
  hint: 'Check the model id, and that the region has it: https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html',
};
const tooSlow: Meaning = { reason: 'timeout', hint: 'Ask for fewer tokens, or use a faster model.' };
const busy: Meaning = { reason: 'overloaded' };
const otherHost: Meaning = { reason: 'unknown', hint: 'Check the option baseURL: what answers there is no Bedrock.' };
const unreachable: Meaning = { reason: 'connection', hint: 'Check the network, region, baseURL and proxy.' };

/** What a name also stands for, told in words only. */
const messages: { readonly [name: string]: readonly (readonly [pattern: RegExp, meaning: Meaning])[] } = {
  ValidationException: [
    [/input is too long|prompt is too long|too many (input )?tokens|(exceeds?|maximum).*(context|tokens)/i, tooLong],
    [/model identifier is invalid|model id.*(invalid|not found)/i, unknownModel],
    [/on-demand throughput/i, { ...invalid, hint: 'Name an inference profile, e.g. us.<model> or eu.<model>.' }],
    [/blocked by.*filter|content filter/i, { reason: 'content-filter' }],
  ],
  ThrottlingException: [[/per day/i, noQuota]],
  AccessDeniedException: [[/expired/i, expired]],
};

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
const names: { readonly [name: string]: Meaning } = {
  AccessDeniedException: noAccess,
  CredentialsProviderError: noCredentials,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  IncompleteSignature: refusedKey,
  InternalServerException: busy,
  InvalidClientTokenId: refusedKey,
  InvalidSignatureException: refusedKey,
  MissingAuthenticationToken: refusedKey,
  ModelErrorException: busy,
  ModelNotReadyException: busy,
  ModelTimeoutException: tooSlow,
  NotAuthorizedException: refusedKey,
  ResourceNotFoundException: unknownModel,
  ServiceQuotaExceededException: noQuota,
  ServiceUnavailableException: busy,
  ThrottlingException: { reason: 'rate-limit' },
  TimeoutError: unreachable,
  TokenProviderError: noCredentials,
  TooManyRequestsException: { reason: 'rate-limit' },
  UnrecognizedClientException: refusedKey,
  ValidationException: invalid,
};

const statuses: { readonly [status: number]: Meaning } = {
  400: invalid,
  401: refusedKey,
  403: noAccess,
  404: unknownModel,
  408: tooSlow,
  413: tooLong,
  429: { reason: 'rate-limit' },
  504: tooSlow,
};

/** What the SDK throws, as far as it is known. */
interface Thrown extends AnyThrown {
  readonly $metadata?: { readonly httpStatusCode?: unknown };
  readonly $response?: { readonly statusCode?: unknown; readonly headers?: { readonly [name: string]: string } };
}

const statusOf = ({ $metadata, $response }: Thrown): number | undefined => {
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  return typeof status === 'number' ? status : undefined;
};

/** Reason and hint for what a call threw: words before names before the status. */
export const classify = (error: Thrown): Meaning => {
  const name = String(error.name);
  const byWords = messages[name]?.find(([pattern]) => pattern.test(String(error.message)))?.[1];
  if (byWords) return byWords;
  const byName = names[name];
  if (byName) return byName;
  const status = statusOf(error);
  if (status === undefined || status < 400) return withoutAnswer(error);
  return statuses[status] ?? { reason: status >= 500 ? 'overloaded' : 'unknown' };
};

/** Nothing arrived, or half an answer: what happened is told by one of the causes. */
const withoutAnswer = (error: Thrown): Meaning => {
  const isLost = causesOf(error).some(
    (cause) =>
      isOfNetwork(cause) ||
      /^(aborted|socket hang up|proxy connection|client network socket)/i.test(String(cause.message)),
  );
  return isLost ? unreachable : otherHost;
};

/** In which words a model refused a request as it was; `undefined` for errors of any other kind. */
export const refusalOf = (error: unknown): string | undefined => {
  const { name, message } = thrownOf(error);
  return name === 'ValidationException' || name === 'AccessDeniedException' ? String(message) : undefined;
};

export interface ErrorContext {
  readonly model: string;
  /** What no error may show. */
  readonly secrets: ReadonlySet<string>;
}

/** Wraps what a call threw; an error that is already classified stays as it is. */
export const modelError = (error: unknown, { model, secrets }: ErrorContext): Error => {
  if (isAegisError(error)) return error;
  const thrown: Thrown = thrownOf(error);
  const masked = (text: string) => withoutSecrets(text, secrets);
  const { reason, hint } = classify(thrown);
  const retryAfterMs = retryAfterOf({ get: (name: string) => thrown.$response?.headers?.[name] });
  return new LanguageModelError(reason, `bedrock/${model}: ${shortened(masked(messageOf(thrown)))}`, {
    hint,
    cause: safeCause(error, masked),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
};

/** A host that answered, but not as Converse does. */
export const noMessage = (): LanguageModelError =>
  new LanguageModelError('unknown', 'the host answered with something that is no message of Converse', {
    hint: otherHost.hint,
    cause: new Error('no message in the answer'),
  });

/** What the vendor said, though never a page of HTML; where it did not, what happened and why. */
const messageOf = (thrown: Thrown): string => {
  const said = String(thrown.message || thrown.name).replace(
    /\s*Deserialization error: to see the raw response.*$/s,
    '',
  );
  const status = statusOf(thrown);
  if (status !== undefined) return names[String(thrown.name)] ? said : `the host answered with status ${status}`;
  const [, ...causes] = causesOf(thrown);
  const why = causes.map(({ message }) => message).findLast((each) => typeof each === 'string' && each !== '');
  return why === undefined ? said : `${said} (${why})`;
};
