import { LanguageModelError } from '@aegis/spec';

/** How long one call may take, and who may stop it before. */
export interface CallTime {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The outcome of the work, headers and body, unless its time is over or its caller stops it first; either way its signal
 * is aborted, so that the connection closes. The limits of SDKs end with the headers.
 * @throws LanguageModelError `timeout`, `cancelled`
 */
export const withinTime = async <Value>(
  work: (signal: AbortSignal) => PromiseLike<Value>,
  { timeoutMs, signal }: CallTime,
): Promise<Value> => {
  if (signal?.aborted) throw cancelled();
  const controller = new AbortController();
  const stop = () => controller.abort(cancelled());
  const timer = setTimeout(() => controller.abort(late(timeoutMs)), timeoutMs);
  signal?.addEventListener('abort', stop);
  try {
    return await Promise.race([work(controller.signal), abortion(controller.signal)]);
  } catch (cause) {
    throw controller.signal.aborted ? controller.signal.reason : cause;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
};

/** Some clients cannot be told that nobody waits any more. */
const abortion = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const cancelled = (): LanguageModelError => new LanguageModelError('cancelled', 'the call was stopped');

const late = (timeoutMs: number): LanguageModelError =>
  new LanguageModelError('timeout', `no answer within ${timeoutMs} ms`, {
    hint: 'Raise timeoutMs, ask for fewer tokens, or use a faster model.',
  });
