import type { ModelReason } from '@aegis/spec';

/** What a failure of a call stands for. */
export interface Meaning {
  readonly reason: ModelReason;
  readonly hint?: string | undefined;
}

/** What an SDK, or the network below it, throws, as far as every one of them may have it. */
export interface Thrown {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** What was thrown as an object, whatever it was. */
export const thrownOf = (cause: unknown): Thrown =>
  typeof cause === 'object' && cause !== null ? cause : { message: String(cause) };

const deepest = 5;

/** The error, what caused it, and so on; a host with several addresses fails once for each. */
export const causesOf = (error: unknown, depth = 0): readonly Thrown[] => {
  if (typeof error !== 'object' || error === null || depth >= deepest) return [];
  const [first] = error instanceof AggregateError ? error.errors : [];
  return [error, ...causesOf(first ?? (error as Thrown).cause, depth + 1)];
};

/** Codes of Node and undici for a connection that was not made, is not trusted, or was lost. */
const networkCodes = /^(E[A-Z_]+|UND_ERR_.+|ERR_(TLS|SSL|HTTP2).+|.*CERT.*|.*_SIGNATURE)$/;

/** Whether the network failed, by the code. */
export const isOfNetwork = ({ code }: Thrown): boolean => typeof code === 'string' && networkCodes.test(code);

/** When to come back, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date. `undefined` where nothing says. */
export const retryAfterOf = (headers: unknown): number | undefined => {
  if (!isHeaders(headers)) return undefined;
  const [exact, after] = [headers.get('retry-after-ms'), headers.get('retry-after')];
  if (exact) return atLeastZero(Number(exact));
  if (!after) return undefined;
  return atLeastZero(Number.isNaN(Number(after)) ? Date.parse(after) - Date.now() : Number(after) * 1_000);
};

/** Those of the runtime or of undici, which are two classes. */
const isHeaders = (value: unknown): value is Pick<Headers, 'get'> =>
  typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';

const atLeastZero = (milliseconds: number): number | undefined =>
  Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;

const longestMessage = 300;

/** A message on one line, at most 300 characters of it. */
export const shortened = (message: string): string => {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
};
