import { type AegisError, isAegisError, LanguageModelError } from '@aegis/spec';
import { shorten } from '../structured/shorten.js';

const longestMessage = 500;

/** What an adapter threw, as one of ours. */
export const modelFailure = (error: unknown, name: string): AegisError => {
  if (isAegisError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new LanguageModelError('unknown', `${name} failed: ${shorten(message, longestMessage)}`, { cause: error });
};

const refusedBeforeWork: ReadonlySet<string> = new Set([
  'model/authentication',
  'model/rate-limit',
  'model/quota',
  'model/overloaded',
  'model/context-length',
  'model/invalid-request',
  'model/not-found',
  'model/budget',
]);

/** Whether the vendor may have worked, and may bill: after a time-out, say, nobody told us what became of the call. */
export const mayBeBilled = (error: unknown): boolean => !isAegisError(error) || !refusedBeforeWork.has(error.code);
