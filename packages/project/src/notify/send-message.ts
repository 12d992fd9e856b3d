import type { JsonValue } from '@aegis/spec';
import pRetry, { AbortError } from 'p-retry';

export interface SendOptions {
  readonly headers?: { readonly [name: string]: string } | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Of one attempt. Default 10 seconds. */
  readonly timeoutMs?: number | undefined;
  /** Before the first repetition; each further one waits twice as long. Default 500. */
  readonly retryDelayMs?: number | undefined;
}

const attempts = 4;
/** A server that asks for more is not waited for. */
const longestWaitMs = 30_000;

/**
 * Posts JSON, again where the server is busy or out of reach.
 * Gives why it was not delivered, without the URL, which is a secret; `undefined` where it was.
 */
export const sendMessage = async (url: string, body: JsonValue, options: SendOptions): Promise<string | undefined> => {
  try {
    await pRetry(() => post(url, body, options), {
      retries: attempts - 1,
      minTimeout: options.retryDelayMs ?? 500,
      ...(options.signal && { signal: options.signal }),
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (retriesLeft > 0 && error instanceof Busy) await waited(error.waitMs, options.signal);
      },
    });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
};

/** The server said how long to wait, or that it cannot answer now. */
class Busy extends Error {
  readonly waitMs: number;

  constructor(message: string, waitMs: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

const post = async (
  url: string,
  body: JsonValue,
  { headers, timeoutMs = 10_000, signal }: SendOptions,
): Promise<void> => {
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  await response.body?.cancel();
  if (response.ok) return;
  const said = `the server answered ${response.status}`;
  if (response.status !== 429 && response.status < 500) throw new AbortError(said);
  const waitMs = secondsToWait(response.headers.get('retry-after')) * 1_000;
  if (waitMs > longestWaitMs)
    throw new AbortError(`${said} and asked to wait for longer than ${longestWaitMs / 1_000} s`);
  throw new Busy(said, waitMs);
};

const secondsToWait = (header: string | null): number => {
  const seconds = Number(header ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
};

const waited = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (ms === 0) return resolve();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'it could not be sent';
  if (error.name === 'TimeoutError') return 'the server did not answer in time';
  if (error.name === 'AbortError' && !/^the server/.test(error.message)) return 'the run was stopped';
  if (error instanceof Busy || /^the server/.test(error.message)) return error.message;
  const code = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  return `the server could not be reached${code}`;
};
