import { isAegisError, WarehouseError } from '@aegis/spec';
import { certificateCodes, type Meaning, networkCodes, shortened } from '@aegis/sql/transport';
import type { QueryFailure } from './trino-protocol.js';

const narrower = 'Narrow the scope with where, or have the limit raised.';
const slowDown: Meaning = { reason: 'throttled' };
const broken: Meaning = { reason: 'connection' };
const unreachable: Meaning = { reason: 'connection', hint: 'Check the network, the proxy and the option server.' };
const refused: Meaning = {
  reason: 'authentication',
  hint: 'Check user, password, accessToken or clientCertificate; signing in by a browser is not possible here.',
};
const distrusted: Meaning = {
  reason: 'connection',
  hint: 'Set certificateAuthority to a file with the certificate of the authority that signed that of the server.',
};
const lostTransaction: Meaning = {
  reason: 'connection',
  hint: 'Behind a gateway that spreads statements over clusters, set readOnlyTransactions: false.',
};
const noTransaction: Meaning = { reason: 'unsupported', hint: 'Set readOnlyTransactions: false.' };
const tooMuch: Meaning = { reason: 'unsupported', hint: narrower };
const notFound: Meaning = { reason: 'not-found' };
const staleView: Meaning = { reason: 'not-found', hint: 'The view does not fit its tables any more.' };

/** What the engine says in words only, where its error's name is wider. First that fits. */
const wordings: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [
    /filter required on|partition filter|without a filter/i,
    {
      reason: 'unsupported',
      hint: 'The table is read only with a condition on its partition column: set scope.where.',
    },
  ],
  [
    /cannot set .*session property/i,
    { reason: 'authorization', hint: 'Check sessionProperties, and the rights to set query_max_run_time.' },
  ],
];

/**
 * Names of errors, specific before the type that they are of.
 * @see https://github.com/trinodb/trino/blob/master/core/trino-spi/src/main/java/io/trino/spi/StandardErrorCode.java
 */
const errorNames: { readonly [name: string]: Meaning } = {
  ABANDONED_QUERY: broken,
  ADMINISTRATIVELY_KILLED: { reason: 'cancelled' },
  ADMINISTRATIVELY_PREEMPTED: slowDown,
  AUTOCOMMIT_WRITE_CONFLICT: { reason: 'authorization' },
  CATALOG_NOT_FOUND: notFound,
  CATALOG_UNAVAILABLE: broken,
  CLUSTER_OUT_OF_MEMORY: slowDown,
  COLUMN_NOT_FOUND: notFound,
  EXCEEDED_CPU_LIMIT: tooMuch,
  EXCEEDED_GLOBAL_MEMORY_LIMIT: tooMuch,
  EXCEEDED_LOCAL_MEMORY_LIMIT: tooMuch,
  EXCEEDED_SCAN_LIMIT: tooMuch,
  EXCEEDED_SPILL_LIMIT: tooMuch,
  EXCEEDED_TIME_LIMIT: { reason: 'timeout' },
  FUNCTION_NOT_FOUND: notFound,
  INCOMPATIBLE_CLIENT: noTransaction,
  INVALID_VIEW: staleView,
  MISSING_CATALOG_NAME: { reason: 'not-found', hint: 'Set the option catalog.' },
  MISSING_SCHEMA_NAME: { reason: 'not-found', hint: 'Set the option schema.' },
  NO_NODES_AVAILABLE: slowDown,
  NOT_FOUND: notFound,
  NOT_IN_TRANSACTION: lostTransaction,
  NOT_SUPPORTED: { reason: 'unsupported' },
  PAGE_TRANSPORT_ERROR: broken,
  PAGE_TRANSPORT_TIMEOUT: broken,
  PERMISSION_DENIED: {
    reason: 'authorization',
    hint: 'The user needs SELECT on the tables, and the right to run queries.',
  },
  QUERY_QUEUE_FULL: slowDown,
  QUERY_REJECTED: { reason: 'unsupported' },
  READ_ONLY_VIOLATION: { reason: 'authorization' },
  REMOTE_HOST_GONE: broken,
  REMOTE_TASK_ERROR: broken,
  ROLE_NOT_FOUND: { reason: 'authorization' },
  SCHEMA_NOT_FOUND: notFound,
  SERVER_SHUTTING_DOWN: broken,
  SERVER_STARTING_UP: slowDown,
  TABLE_NOT_FOUND: notFound,
  TOO_MANY_REQUESTS_FAILED: broken,
  TRANSACTION_ALREADY_ABORTED: lostTransaction,
  UNKNOWN_TRANSACTION: lostTransaction,
  UNSUPPORTED_ISOLATION_LEVEL: noTransaction,
  USER_CANCELED: { reason: 'cancelled' },
  VIEW_IS_STALE: staleView,
};

const unknown: Meaning = { reason: 'unknown' };

/** By the kind of error alone: a user's is one of the statement. */
const errorTypes: { readonly [type: string]: Meaning } = {
  USER_ERROR: { reason: 'syntax' },
  INSUFFICIENT_RESOURCES: tooMuch,
};

/** Reason and hint for an error that a query ended with. */
export const classify = ({ errorName, errorType, message }: QueryFailure): Meaning =>
  wordings.find(([pattern]) => pattern.test(message))?.[1] ?? errorNames[errorName] ?? errorTypes[errorType] ?? unknown;

/** By what the coordinator's status alone says, or that of a proxy before it. */
export const classifyStatus = (status: number): Meaning => {
  if (status === 401) return refused;
  if (status === 403)
    return { reason: 'authorization', hint: 'The user may not use this cluster, or not as the option user says.' };
  if (status === 404 || status === 410)
    return { reason: 'connection', hint: 'Check the option server: nothing answers there as Trino does.' };
  if (status >= 300 && status < 400)
    return {
      reason: 'connection',
      hint: 'The server sends elsewhere: write its final address, with https, as the option server.',
    };
  if (status === 429 || status >= 500) return slowDown;
  return unknown;
};

/** Codes of Node's network and TLS. */
const systemCodes: { readonly [code: string]: Meaning } = {
  ...networkCodes(unreachable, broken),
  ...certificateCodes(distrusted),
  EPROTO: unreachable,
  ERR_SSL_WRONG_VERSION_NUMBER: unreachable,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: 'connection',
    hint: 'The certificate is for another name than that in the option server.',
  },
};

/** Whether the same request may succeed when it is made again shortly. */
export const isTransientStatus = (status: number): boolean => [429, 502, 503, 504].includes(status);

/** Whether a connection broke that had been there. */
export const isBroken = (error: unknown): boolean => systemCodes[codeOf(error)] === broken;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What a query ended with. */
export const queryError = (failure: QueryFailure): WarehouseError => {
  const { reason, hint } = classify(failure);
  const { errorName, errorType, message } = failure;
  return new WarehouseError(reason, shortened(message), {
    hint,
    cause: Object.assign(new Error(shortened(message)), { errorName, errorType }),
  });
};

/** An answer that is no page of results. */
export const statusError = (status: number, body: string): WarehouseError => {
  const { reason, hint } = classifyStatus(status);
  const said = /^\s*</.test(body) ? '' : shortened(body.trim());
  const message = `the server answered ${status}${said && `: ${said}`}`;
  return new WarehouseError(reason, message, { hint, cause: Object.assign(new Error(message), { status }) });
};

/** What went wrong before there was an answer; an error that is classified already stays as it is. */
export const connectionError = (cause: unknown): Error => {
  if (isAegisError(cause)) return cause;
  const { reason, hint } = systemCodes[codeOf(cause)] ?? broken;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new WarehouseError(reason, shortened(message) || `the server cannot be reached (${codeOf(cause)})`, {
    cause,
    hint,
  });
};

/** Whether a statement did nothing because its transaction was gone. */
export const isLostTransaction = (error: unknown): boolean =>
  error instanceof WarehouseError && errorNames[errorNameOf(error)] === lostTransaction;

const errorNameOf = ({ cause }: WarehouseError): string =>
  cause instanceof Error && 'errorName' in cause ? String(cause.errorName) : '';
