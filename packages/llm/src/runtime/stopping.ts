import { LanguageModelError } from '@aegis/spec';

/** Aborted as soon as one of them is; `undefined` when there is none. */
export const eitherSignal = (...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined => {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length > 1 ? AbortSignal.any(given) : given[0];
};

/** @throws LanguageModelError `cancelled` */
export const throwIfStopped = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw stopped(signal);
};

/** The outcome of the work, or `cancelled` at once when the signal is aborted, whatever becomes of the work. */
export const unlessStopped = async <Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> => {
  if (signal === undefined) return work;
  const listening = new AbortController();
  try {
    return await Promise.race([work, rejectedWhenStopped(signal, listening.signal)]);
  } catch (error) {
    throw signal.aborted ? stopped(signal) : error;
  } finally {
    listening.abort();
  }
};

const rejectedWhenStopped = (signal: AbortSignal, until: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => reject(stopped(signal));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true, signal: until });
  });

const stopped = (signal: AbortSignal): LanguageModelError =>
  new LanguageModelError('cancelled', 'the model call was stopped', { cause: signal.reason });
