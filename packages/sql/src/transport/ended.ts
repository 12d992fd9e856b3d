import { WarehouseError } from '@aegis/spec';

/** A statement that its signal ended. */
export const cancelled = (cause?: unknown): WarehouseError =>
  new WarehouseError('cancelled', 'the statement was cancelled', { cause });

/** A statement whose time was over. */
export const timedOut = (timeoutMs: number, cause?: unknown): WarehouseError =>
  new WarehouseError('timeout', `the statement took longer than ${timeoutMs} ms`, {
    hint: 'Allow more time with --timeout, or narrow the scope with where.',
    cause,
  });

/** A time limit that the engine itself noticed is told as the one that the statement was given. */
export const toldByLimit = (error: unknown, timeoutMs: number | undefined): unknown => {
  const isTimeout = error instanceof WarehouseError && error.reason === 'timeout';
  return isTimeout && timeoutMs !== undefined ? timedOut(timeoutMs, error.cause) : error;
};
