import { isAegisError, WarehouseError } from '@aegis/spec';
import { type Meaning, networkCodes, shortened } from '@aegis/sql/transport';
import type { QueryExecutionStatus } from '@aws-sdk/client-athena';

type Wordings = readonly (readonly [pattern: RegExp, meaning: Meaning])[];

const unreachable: Meaning = { reason: 'connection', hint: 'Check the network, region and the endpoints.' };
const lost: Meaning = { reason: 'connection' };
const refused: Meaning = {
  reason: 'authentication',
  hint: 'Check the credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the options profile and accessKeyId.',
};
const absentCredentials: Meaning = {
  reason: 'authentication',
  hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the option profile.',
};
const expired: Meaning = {
  reason: 'authentication',
  hint: 'Sign in again (aws sso login), or renew the session token. If they are fresh, check the clock.',
};
const slowDown: Meaning = { reason: 'throttled' };
const forbidden: Meaning = {
  reason: 'authorization',
  hint: 'Queries need rights of Athena, of Glue, of the data in S3 and of the output location: see docs/how-to/warehouses/athena.md.',
};
const tooMuch: Meaning = { reason: 'unsupported', hint: 'Narrow the scope with where.' };
const missing: Meaning = { reason: 'not-found' };
const wrong: Meaning = { reason: 'syntax' };

/**
 * What a message says, of a query that failed and of a request that was refused. First that fits.
 * @see https://docs.aws.amazon.com/athena/latest/ug/troubleshooting-athena.html
 */
const wordings: Wordings = [
  [
    /injected projected partition column|static equality condition|filter required on .* partition column/i,
    {
      reason: 'unsupported',
      hint: 'The table is read only with an equality on its injected partition columns: set scope.where.',
    },
  ],
  [
    /no version history table/i,
    {
      reason: 'not-found',
      hint: 'The table has no snapshot from before the run: it was replaced, or never written. Set timeTravel: false.',
    },
  ],
  [
    /bytes scanned limit was exceeded/i,
    { reason: 'unsupported', hint: 'Narrow the scope with where, or raise the data limit of the work group.' },
  ],
  [/slow ?down|rate exceeded|throttl|too many requests/i, slowDown],
  [/query timeout|timed out/i, { reason: 'timeout' }],
  [/exhausted resources|EXCEEDED_\w*(MEMORY|LIMIT)/i, tooMuch],
  [
    /no output location/i,
    { reason: 'unsupported', hint: 'Set outputLocation: s3://bucket/prefix/, or that of the work group.' },
  ],
  [
    /output bucket/i,
    { ...forbidden, hint: 'The output location needs s3:GetBucketLocation, s3:GetObject and s3:PutObject.' },
  ],
  [
    /work ?group .*(is )?not (found|exist)|work ?group.*does not exist/i,
    { reason: 'not-found', hint: 'Check the option workGroup.' },
  ],
  [/^(TABLE|SCHEMA|CATALOG|COLUMN|FUNCTION)_NOT_FOUND|does not exist|cannot be resolved|not registered/i, missing],
  [/access ?denied|PERMISSION_DENIED|insufficient .*permission|not authorized/i, forbidden],
  [
    /query (string|text).*(long|length|exceed)|QUERY_TEXT_TOO_L/i,
    { reason: 'unsupported', hint: 'A statement has at most 262,144 bytes.' },
  ],
  [/^NOT_SUPPORTED|^UNSUPPORTED|not supported/i, { reason: 'unsupported' }],
  [/^(HIVE|ICEBERG)_/, { reason: 'unknown', hint: 'The files of the table do not fit its definition in Glue.' }],
  [/mismatched input|no viable alternative|extraneous input|only one sql statement/i, wrong],
  [/^GENERIC_INTERNAL_ERROR|^INTERNAL_ERROR/, { reason: 'unknown' }],
  [/^[A-Z][A-Z_]+: /, wrong],
];

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/CommonErrors.html and the errors of each operation */
const names: { readonly [name: string]: Meaning } = {
  AccessDenied: forbidden,
  AccessDeniedException: forbidden,
  CredentialsProviderError: absentCredentials,
  EntityNotFoundException: missing,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  FederationSourceException: { reason: 'unknown', hint: 'The table is held by another catalog than Glue.' },
  GlueEncryptionException: {
    ...forbidden,
    hint: 'The catalog is encrypted: the credentials need kms:Decrypt on its key.',
  },
  IncompleteSignature: refused,
  IncompleteSignatureException: refused,
  InternalFailure: slowDown,
  InternalServerException: slowDown,
  InternalServiceException: slowDown,
  InvalidClientTokenId: refused,
  InvalidSignatureException: refused,
  MissingAuthenticationToken: refused,
  MissingAuthenticationTokenException: refused,
  OperationTimeoutException: slowDown,
  RequestExpired: expired,
  RequestLimitExceeded: slowDown,
  ResourceNotFoundException: missing,
  ServiceUnavailable: slowDown,
  ServiceUnavailableException: slowDown,
  SignatureDoesNotMatch: refused,
  ThrottlingException: slowDown,
  TokenProviderError: absentCredentials,
  TooManyRequestsException: slowDown,
  UnrecognizedClientException: refused,
};

const systemCodes = networkCodes(unreachable, lost);

const byStatus = (status: number): Meaning | undefined => {
  if (status === 401 || status === 403) return forbidden;
  if (status === 501) return { reason: 'unsupported' };
  return status === 429 || status >= 500 ? slowDown : undefined;
};

/** What is looked at of an error of the SDK. */
export interface Thrown {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly AthenaErrorCode?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown; readonly requestId?: unknown };
  readonly $response?: { readonly statusCode?: unknown };
}

const unknown: Meaning = { reason: 'unknown' };

const worded = (message: string): Meaning | undefined => wordings.find(([pattern]) => pattern.test(message))?.[1];

/** Reason and hint for what a call threw: names before words before codes and status. */
export const classify = (error: Thrown): Meaning => {
  const message = String(error.message);
  const byName = names[String(error.name)];
  if (byName === forbidden && /sts:AssumeRole/.test(message))
    return { ...forbidden, hint: 'The role of roleArn does not trust these credentials.' };
  if (byName) return byName;
  if (error.name === 'InvalidRequestException') return refusedRequest(error, message);
  const status = Number(error.$metadata?.httpStatusCode ?? error.$response?.statusCode);
  // The SDK calls a broken connection a TimeoutError, too.
  return byStatus(status) ?? withoutAnswer(error) ?? (error.name === 'TimeoutError' ? unreachable : unknown);
};

const refusedRequest = ({ AthenaErrorCode }: Thrown, message: string): Meaning =>
  worded(message) ?? (AthenaErrorCode === 'MALFORMED_QUERY' ? wrong : unknown);

/** Nothing arrived, or half an answer; a host with several addresses fails once for each. */
const withoutAnswer = (error: Thrown): Meaning | undefined => {
  const [first] = error instanceof AggregateError ? error.errors : [];
  const { code, message } = (first ?? error) as Thrown;
  if (/socket hang up|aborted|premature|other side closed/i.test(String(message))) return lost;
  if (/CERT|^ERR_(TLS|SSL)|SELF_SIGNED/.test(String(code))) return unreachable;
  return systemCodes[String(code)];
};

/** Reason and hint for a query that did not succeed: its words before what the service says about trying again. */
export const classifyState = ({ State, StateChangeReason, AthenaError }: QueryExecutionStatus): Meaning => {
  const byWords = worded(StateChangeReason ?? AthenaError?.ErrorMessage ?? '');
  if (State === 'CANCELLED') return byWords ?? { reason: 'cancelled' };
  if (byWords && byWords.reason !== 'unknown') return byWords;
  return AthenaError?.Retryable === true ? slowDown : (byWords ?? unknown);
};

/** Whether the same request may succeed when it is made again shortly: every one that is sent here may be. */
export const isTransient = (error: unknown): boolean => {
  const meaning = classify(thrownOf(error));
  return meaning === slowDown || meaning === lost;
};

/** Whether credentials were refused that may have been good a moment ago. */
export const isExpired = (error: unknown): boolean => classify(thrownOf(error)) === expired;

/** Whether Athena itself refused an operation, rather than STS a role. */
export const isForbidden = (error: unknown): boolean => thrownOf(error).name === 'AccessDeniedException';

/** Whether Glue says that nothing can be called so. */
export const isInvalidName = (error: unknown): boolean =>
  ['InvalidInputException', 'ValidationException'].includes(String(thrownOf(error).name));

const thrownOf = (cause: unknown): Thrown =>
  typeof cause === 'object' && cause !== null ? cause : { message: String(cause) };

/** Wraps what the SDK threw; an error that is already classified stays as it is. */
export const warehouseError = (cause: unknown, secrets: ReadonlySet<string> = new Set()): Error => {
  if (isAegisError(cause)) return cause;
  const thrown = thrownOf(cause);
  const { reason, hint } = classify(thrown);
  const message = withoutSecrets(messageOf(thrown), secrets);
  return new WarehouseError(reason, message, { cause: withoutRequest(thrown, message), hint });
};

/** A query that ended in another state than success. */
export const failedQuery = (status: QueryExecutionStatus, queryId: string): WarehouseError => {
  const { reason, hint } = classifyState(status);
  const said = status.StateChangeReason ?? status.AthenaError?.ErrorMessage ?? `the query ended as ${status.State}`;
  const message = shortened(said.replace(/\.? ?(You may need to manually clean|If a data manifest file).*$/s, ''));
  const cause = Object.assign(new Error(shortened(said)), {
    queryExecutionId: queryId,
    state: status.State,
    ...(status.AthenaError && { athenaError: status.AthenaError }),
  });
  return new WarehouseError(reason, message, { cause, hint });
};

/** What the service said, though never a page of HTML. */
const messageOf = (thrown: Thrown): string => {
  const status = thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode;
  const isWorded = names[String(thrown.name)] !== undefined || /Exception$|Error$/.test(String(thrown.name));
  if (typeof status === 'number' && (thrown.name === 'SyntaxError' || !isWorded))
    return `the service answered with status ${status}`;
  const [first] = thrown instanceof AggregateError ? thrown.errors : [];
  return shortened(String(thrown.message || (first as Thrown | undefined)?.message || thrown.name));
};

/** Shorter ones would blank out ordinary words. */
const shortestSecret = 8;

const withoutSecrets = (text: string, secrets: ReadonlySet<string>): string =>
  [...secrets]
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);

/** The SDK's errors carry the answer with all that it quotes of the request, so the cause is what was said alone. */
const withoutRequest = ({ name, code, AthenaErrorCode, $metadata }: Thrown, message: string): Error =>
  Object.assign(new Error(message), {
    name: String(name),
    ...(code !== undefined && { code }),
    ...(AthenaErrorCode !== undefined && { athenaErrorCode: AthenaErrorCode }),
    ...($metadata?.requestId !== undefined && { requestId: $metadata.requestId }),
  });
