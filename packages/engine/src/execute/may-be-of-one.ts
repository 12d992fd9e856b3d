import { isAegisError } from '@aegis/spec';

/** Errors that asking for less may avoid. A lost connection, a refused login or a cancelled run is everybody's. */
export const mayBeOfOne = (error: unknown): boolean => isAegisError(error) && !sharedByAll.has(error.code);

const sharedByAll: ReadonlySet<string> = new Set([
  'warehouse/connection',
  'warehouse/authentication',
  'warehouse/authorization',
  'warehouse/timeout',
  'warehouse/throttled',
  'warehouse/cancelled',
  'plan/limit',
]);
