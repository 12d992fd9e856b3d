import { isAegisError, WarehouseError } from '@aegis/spec';
import { type Meaning, networkCodes, shortened } from '@aegis/sql/transport';

const unreachable: Meaning = { reason: 'connection', hint: 'Check the network, the proxy and apiEndpoint.' };
const refused: Meaning = {
  reason: 'authentication',
  hint: 'Check keyFilename, credentials or the default credentials.',
};
const slowDown: Meaning = { reason: 'throttled' };
const forbidden: Meaning = {
  reason: 'authorization',
  hint: 'Queries need BigQuery Job User on the project and BigQuery Data Viewer on the dataset or table.',
};

/** What the service says in words only, where its reason is wider. First that fits. */
const wordings: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/Job timed out/i, { reason: 'timeout' }],
  [/^Unrecognized name|^Name .* not found inside/i, { reason: 'not-found' }],
  [/^(Table|Dataset) .*(must be qualified|was not found)/i, { reason: 'not-found', hint: 'Set the option dataset.' }],
  [
    /without a filter over column/i,
    {
      reason: 'unsupported',
      hint: 'The table is read only with a condition on its partition column: set scope.where.',
    },
  ],
  [
    /Time travel on table .* is forbidden/i,
    { reason: 'authorization', hint: 'Set timeTravel: false; row access policies forbid to read the past of a table.' },
  ],
];

/**
 * Reasons of the API.
 * @see https://cloud.google.com/bigquery/docs/error-messages
 */
const apiReasons: { readonly [reason: string]: Meaning } = {
  accessDenied: forbidden,
  authError: refused,
  backendError: slowDown,
  billingNotEnabled: { reason: 'authorization', hint: 'Enable billing for the project.' },
  bytesBilledLimitExceeded: {
    reason: 'unsupported',
    hint: 'Narrow the scope with where, or raise maximumBytesBilled.',
  },
  internalError: slowDown,
  invalid: { reason: 'syntax' },
  invalidQuery: { reason: 'syntax' },
  jobBackendError: slowDown,
  jobInternalError: slowDown,
  jobRateLimitExceeded: slowDown,
  notFound: { reason: 'not-found' },
  notImplemented: { reason: 'unsupported' },
  quotaExceeded: {
    reason: 'unsupported',
    hint: 'The quota is that of a day or of the project; it ends by itself or is raised.',
  },
  rateLimitExceeded: slowDown,
  resourcesExceeded: { reason: 'unsupported', hint: 'Narrow the scope with where.' },
  responseTooLarge: { reason: 'unsupported' },
  stopped: { reason: 'cancelled' },
  tableUnavailable: slowDown,
  timeout: { reason: 'timeout' },
  userRateLimitExceeded: slowDown,
};

/** Codes of Node's network and TLS. */
const systemCodes: { readonly [code: string]: Meaning } = {
  ...networkCodes(unreachable, { reason: 'connection' }),
  ESOCKETTIMEDOUT: unreachable,
  ENOENT: { reason: 'authentication', hint: 'The file of keyFilename does not exist.' },
};

/** By what the answer's status alone says. */
const byStatus = (status: number): Meaning | undefined => {
  if (status === 401) return refused;
  if (status === 403) return forbidden;
  if (status === 404) return { reason: 'not-found' };
  if (status === 501) return { reason: 'unsupported' };
  if (status === 429 || status >= 500) return slowDown;
  return undefined;
};

/** What only the words of the libraries say. */
const libraryWordings: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/invalid_grant|invalid_client|invalid_request|unauthorized_client|private key|DECODER|PEM routines/i, refused],
  [
    /could not load the default credentials|unable to detect a project id/i,
    {
      ...refused,
      hint: 'Set keyFilename or credentials, or run gcloud auth application-default login; and set projectId.',
    },
  ],
  [/socket hang up|network socket disconnected|premature close|aborted/i, { reason: 'connection' }],
  [/network timeout/i, unreachable],
];

/** What is looked at of an error of the client or of the libraries below it. */
interface Thrown {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly errors?: unknown;
}

const firstReason = ({ errors }: Thrown): string => {
  const [first]: readonly unknown[] = Array.isArray(errors) ? errors : [];
  return typeof first === 'object' && first !== null && 'reason' in first ? String(first.reason) : '';
};

const found = (patterns: typeof wordings, message: string): Meaning | undefined =>
  patterns.find(([pattern]) => pattern.test(message))?.[1];

/** Reason and hint for what the client threw: words that are specific before the API's reason before status and code. */
export const classify = (error: Error & Thrown): Meaning => {
  const reason = firstReason(error);
  if (reason !== '')
    return found(wordings, error.message) ?? apiReasons[reason] ?? byStatus(Number(error.code)) ?? unknown;
  return (
    found(libraryWordings, error.message) ??
    systemCodes[String(error.code)] ??
    byStatus(Number(error.code ?? error.status)) ??
    unknown
  );
};

const unknown: Meaning = { reason: 'unknown' };

/** Whether the same request may succeed when it is made again shortly: every one that is sent here may be. */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const meaning = classify(error);
  return meaning === slowDown || (meaning.reason === 'connection' && meaning !== unreachable);
};

/** Whether a token was refused that was thought to be good. */
export const isUnauthenticated = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && Number(error.code) === 401;

/** Whether there is a job of this id already. */
export const isAlreadyThere = (error: unknown): boolean =>
  error instanceof Error && firstReason(error as Error & Thrown) === 'duplicate';

/** Wraps what the client threw; an error that is already classified stays as it is. */
export const warehouseError = (cause: unknown): Error => {
  if (isAegisError(cause)) return cause;
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const { reason, hint } = classify(error);
  return new WarehouseError(reason, shortened(error.message), { cause: withoutRequest(error), hint });
};

/** The client's errors carry the request with its token, so the cause is what the service said alone. */
const withoutRequest = (error: Error & Thrown): Error => {
  const { code, errors } = error;
  return Object.assign(new Error(shortened(error.message)), { code, errors });
};
