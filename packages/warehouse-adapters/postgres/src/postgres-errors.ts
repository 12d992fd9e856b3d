import { isAegisError, WarehouseError } from '@aegis/spec';
import { certificateCodes, type Meaning, networkCodes, shortened } from '@aegis/sql/transport';

const unreachable: Meaning = {
  reason: 'connection',
  hint: 'Check host and port, and that the server listens there.',
};
const untrusted: Meaning = {
  reason: 'connection',
  hint: 'Name the certificate authority in sslrootcert, or use sslmode: require to encrypt without checking.',
};

const unencrypted: Meaning = {
  reason: 'connection',
  hint: 'Check sslmode, and sslcert and sslkey where the server wants a certificate.',
};
const isTlsCode = (code: string): boolean => code.startsWith('ERR_SSL_');

/**
 * SQLSTATE codes, and classes (their first two characters) for what no code says.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const sqlStates: { readonly [codeOrClass: string]: Meaning } = {
  '08': { reason: 'connection' },
  '0A': { reason: 'unsupported' },
  '21': { reason: 'syntax' },
  '22': { reason: 'syntax' },
  '25006': { reason: 'authorization', hint: 'The warehouse was opened read-only.' },
  '28': { reason: 'authentication', hint: 'Check user and password.' },
  '3D000': { reason: 'not-found', hint: 'Check the option database.' },
  '3F000': { reason: 'not-found' },
  '40': { reason: 'throttled' },
  '42': { reason: 'syntax' },
  '42501': { reason: 'authorization', hint: 'Ask for SELECT on the table and USAGE on its schema.' },
  '42703': { reason: 'not-found' },
  '42704': { reason: 'not-found' },
  '42P01': { reason: 'not-found' },
  '53300': { reason: 'throttled', hint: 'The server has no connection left; lower maxConnections.' },
  '53400': { reason: 'throttled' },
  '55P03': { reason: 'throttled' },
  '57014': { reason: 'cancelled' },
  '57P': { reason: 'connection' },
};

/** Codes of Node's network and TLS. */
const systemCodes: { readonly [code: string]: Meaning } = {
  ...networkCodes(unreachable, { reason: 'connection' }),
  ENOENT: unreachable,
  ...certificateCodes(untrusted),
};

/** What the driver says in words only. */
const messages: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/server does not support SSL/i, { reason: 'connection', hint: 'Use sslmode: disable if that is meant.' }],
  [/timeout expired|connection timeout|timeout exceeded when trying to connect/i, unreachable],
  [/connection terminated|Connection ended|not queryable|Client was closed/i, { reason: 'connection' }],
  [/password must be a string|SASL|SCRAM/i, { reason: 'authentication', hint: 'Check user and password.' }],
  [/pool after calling end/i, { reason: 'connection' }],
];

interface Coded {
  readonly code?: unknown;
  readonly hint?: unknown;
  /** OpenSSL's words alone; its message begins with addresses. */
  readonly reason?: unknown;
}

/** Reason and hint for what the driver threw: the code before its class before the words. */
export const classify = (error: Error & Coded): Meaning => {
  const code = typeof error.code === 'string' ? error.code : '';
  const byWords = messages.find(([pattern]) => pattern.test(error.message))?.[1];
  const isState = /^[0-9A-Z]{5}$/.test(code);
  const byState = isState ? (sqlStates[code] ?? sqlStates[code.slice(0, 3)] ?? sqlStates[code.slice(0, 2)]) : undefined;
  return (
    byState ?? systemCodes[code] ?? (isTlsCode(code) ? unencrypted : undefined) ?? byWords ?? { reason: 'unknown' }
  );
};

/** Wraps what the driver threw; an error that is already classified stays as it is. */
export const warehouseError = (cause: unknown): Error => {
  if (isAegisError(cause)) return cause;
  const error: Error & Coded = cause instanceof Error ? cause : new Error(String(cause));
  const { reason, hint } = classify(error);
  const suggestion = typeof error.hint === 'string' ? error.hint : undefined;
  return new WarehouseError(reason, shortened(messageOf(error)), { cause, hint: suggestion ?? hint });
};

/** A connection that was tried at several addresses fails with one error per address and no message of its own. */
const messageOf = (error: Error & Coded): string => {
  if (isTlsCode(String(error.code))) return `the encryption could not be set up: ${error.reason}`;
  const [first] = error instanceof AggregateError ? error.errors : [];
  return error.message || (first instanceof Error ? first.message : 'the connection failed');
};
