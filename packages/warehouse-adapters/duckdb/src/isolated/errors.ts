import { isAegisError, WarehouseError, type WarehouseReason } from '@aegis/spec';
import type { SentError } from './messages.js';

export const sentError = (error: unknown): SentError => ({
  code: isAegisError(error) ? error.code : undefined,
  message: error instanceof Error ? error.message : String(error),
  hint: isAegisError(error) ? error.hint : undefined,
  cause: error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined,
});

const family = 'warehouse/';

/** As it was thrown in the other process. */
export const receivedError = ({ code, message, hint, cause }: SentError): WarehouseError => {
  const reason = code?.startsWith(family) ? (code.slice(family.length) as WarehouseReason) : 'unknown';
  return new WarehouseError(reason, message, { hint, ...(cause !== undefined && { cause: new Error(cause) }) });
};

/** Killed by itself, or by a system that has no memory left. */
export const outOfMemory = (mostBytes: number): WarehouseError =>
  new WarehouseError(
    'unknown',
    `the statement needed more memory than ${Math.round(mostBytes / 2 ** 20)} MiB, and was ended`,
    { hint: 'Ask for less at once, or raise memoryLimit.' },
  );

export const endedBy = (how: string): WarehouseError =>
  new WarehouseError('unknown', `the engine ended with ${how} while it ran the statement`);
