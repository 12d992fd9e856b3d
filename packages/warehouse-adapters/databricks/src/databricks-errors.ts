import { isAegisError, WarehouseError } from '@aegis/spec';
import { certificateCodes, type Meaning, networkCodes, shortened } from '@aegis/sql/transport';
import { type OperationStatus, operationState, statusCode } from './databricks-driver.js';

const grants: Meaning = {
  reason: 'authorization',
  hint: 'Grant USE CATALOG, USE SCHEMA and SELECT to the principal.',
};
const credentials: Meaning = {
  reason: 'authentication',
  hint: 'Check the token or the OAuth secret: it may be wrong, expired or revoked.',
};
const notAllowed: Meaning = {
  reason: 'authorization',
  hint: 'Check the token, and that its principal may use the SQL warehouse (CAN USE).',
};
const unreachable: Meaning = { reason: 'connection', hint: 'Check host, port and proxy.' };
const untrusted: Meaning = { reason: 'connection', hint: 'Name the certificate authority in sslrootcert.' };
const busy: Meaning = { reason: 'throttled', hint: 'Lower maxConnections, or use a larger SQL warehouse.' };

/**
 * Error conditions that say more than their SQLSTATE; of `A.B` the whole before `A`.
 * @see https://docs.databricks.com/aws/en/error-messages/error-classes
 */
const conditions: { readonly [condition: string]: Meaning } = {
  CATALOG_NOT_FOUND: { reason: 'not-found', hint: 'Check the option catalog.' },
  NO_SUCH_CATALOG_EXCEPTION: { reason: 'not-found', hint: 'Check the option catalog.' },
  SCHEMA_NOT_FOUND: { reason: 'not-found', hint: 'Check the option schema.' },
  TABLE_OR_VIEW_NOT_FOUND: { reason: 'not-found' },
  UNRESOLVED_COLUMN: { reason: 'not-found' },
  FIELD_NOT_FOUND: { reason: 'not-found' },
  DELTA_VERSION_NOT_FOUND: { reason: 'not-found', hint: 'The version was vacuumed while the run was under way.' },
  INSUFFICIENT_PERMISSIONS: grants,
  PERMISSION_DENIED: grants,
  OPERATION_CANCELED: { reason: 'cancelled' },
  QUERY_EXECUTION_TIMEOUT_EXCEEDED: { reason: 'timeout' },
  TOO_MANY_REQUESTS: busy,
  DELTA_CONCURRENT_WRITE: { reason: 'throttled' },
};

/** SQLSTATE codes, and classes (their first two characters) for what no code says. */
const sqlStates: { readonly [codeOrClass: string]: Meaning } = {
  '08': { reason: 'connection' },
  '0A': { reason: 'unsupported' },
  '21': { reason: 'syntax' },
  '22': { reason: 'syntax' },
  '28': credentials,
  '3D000': { reason: 'not-found' },
  '40': { reason: 'throttled' },
  '42': { reason: 'syntax' },
  '42501': grants,
  '42703': { reason: 'not-found' },
  '42704': { reason: 'not-found' },
  '42P01': { reason: 'not-found' },
  '53': busy,
  '54': { reason: 'syntax' },
  '57': { reason: 'connection' },
  '57014': { reason: 'cancelled' },
  HY008: { reason: 'cancelled' },
  HYT00: { reason: 'timeout' },
};

const httpStatuses: { readonly [status: number]: Meaning } = {
  401: credentials,
  403: notAllowed,
  404: { reason: 'not-found', hint: 'Check httpPath: there is no such SQL warehouse or cluster.' },
  407: { reason: 'authentication', hint: 'The proxy asks for a user and a password: put them into proxy.' },
  429: busy,
  503: busy,
};

/** Codes of Node's network and TLS. */
const systemCodes: { readonly [code: string]: Meaning } = {
  ...networkCodes(unreachable, { reason: 'connection' }),
  ...certificateCodes(untrusted),
};

/** What the driver says in words only. */
const messages: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/invalid_client|unauthorized_client|invalid_grant|access token/i, credentials],
  [/OAuth is not supported for/i, { reason: 'unsupported', hint: 'Use a token, or check host.' }],
  [/Invalid SessionHandle|session .*(closed|expired|not found)/i, { reason: 'connection' }],
  [/(429|503) when connecting to resource/i, busy],
  [/socket hang up|premature close|network|request timed out|when connecting to resource|ECONNRE/i, unreachable],
];

/** What stands in the error of a statement or of a call, by the names of either. */
export interface Failure {
  readonly message: string;
  readonly sqlState?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly code?: string | undefined;
}

/** Reason and hint: the error condition before the SQLSTATE before its class, the status of HTTP, the words last. */
export const classify = ({ message, sqlState: given, httpStatus, code = '' }: Failure): Meaning => {
  const condition = conditionOf(message);
  const sqlState = given ?? /SQLSTATE:? ([0-9A-Z]{5})/.exec(message)?.[1] ?? '';
  return (
    conditions[condition] ??
    conditions[condition.split('.')[0] ?? ''] ??
    sqlStates[sqlState] ??
    sqlStates[sqlState.slice(0, 2)] ??
    (httpStatus === undefined ? undefined : (httpStatuses[httpStatus] ?? { reason: 'connection' })) ??
    systemCodes[code] ??
    messages.find(([pattern]) => pattern.test(message))?.[1] ?? { reason: 'unknown' }
  );
};

const conditionOf = (message: string): string => /\[([A-Z][A-Z0-9_]+(?:\.[A-Z0-9_]+)?)\]/.exec(message)?.[1] ?? '';

/** @throws WarehouseError when the call itself was refused */
export const refuseFailure = (status: OperationStatus['status']): void => {
  if (status.statusCode !== statusCode.error && status.statusCode !== statusCode.invalidHandle) return;
  const message = status.displayMessage ?? status.errorMessage ?? '';
  if (status.statusCode === statusCode.invalidHandle || /Invalid SessionHandle/i.test(message))
    throw new SessionLost(status);
  throw failed({ message: message || (status.infoMessages?.[0] ?? ''), sqlState: status.sqlState }, status);
};

/** The service forgot the session, as it does with idle ones; nothing was run. */
export class SessionLost extends WarehouseError {
  constructor(cause: unknown) {
    super('connection', 'the session is gone', { cause, hint: 'It may have been idle for too long; run again.' });
  }
}

/** Of a statement that ended without an answer. */
export const stateError = (status: OperationStatus): WarehouseError => {
  const { operationState: state, displayMessage, errorMessage, sqlState } = status;
  const message = displayMessage ?? errorMessage ?? '';
  if (state === operationState.timedOut) return new WarehouseError('timeout', 'the statement took too long');
  if (state === operationState.cancelled || state === operationState.closed)
    return new WarehouseError('cancelled', 'the statement was cancelled by the service or by somebody else');
  return failed({ message, sqlState }, status);
};

const failed = (failure: Failure, response: object): WarehouseError => {
  const { reason, hint } = classify(failure);
  return new WarehouseError(reason, shortened(told(failure.message)), {
    hint,
    cause: new Error(failure.message, { cause: response }),
  });
};

interface Thrown {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly error?: unknown;
}

/** Wraps what the driver threw; an error that is already classified stays as it is. */
export const warehouseError = (cause: unknown): Error => {
  if (isAegisError(cause)) return cause;
  const thrown: { readonly message: string } & Thrown = hasMessage(cause) ? cause : new Error(String(cause));
  const httpStatus = typeof thrown.statusCode === 'number' ? thrown.statusCode : undefined;
  const code = typeof thrown.code === 'string' ? thrown.code : undefined;
  const oauth = typeof thrown.error === 'string' ? `${thrown.error}: ` : '';
  const message = `${oauth}${thrown.message}`;
  const { reason, hint } = classify({ message, httpStatus, code });
  return new WarehouseError(reason, shortened(httpStatus === undefined ? told(message) : answered(httpStatus)), {
    cause,
    hint,
  });
};

const hasMessage = (cause: unknown): cause is { readonly message: string } =>
  typeof cause === 'object' && cause !== null && 'message' in cause && typeof cause.message === 'string';

const answered = (status: number): string => `the service answered with HTTP status ${status}`;

/** The message without the classes that threw it, and without what repeats the SQL. */
const told = (message: string): string => {
  const condition = conditionOf(message);
  const start = condition === '' ? 0 : message.lastIndexOf(`[${condition}]`);
  const [line = ''] = message
    .slice(start)
    .replace(/^(\[[^\]]+\])\s+/, '$1 ')
    .trim()
    .split('\n');
  return line.replace(/^org\.apache\.\S+: /, '').replace(/ ?SQLSTATE: .*$/, '') || 'the service gave no reason';
};
