import { isAegisError, type LanguageModelError } from '@aegis/spec';
import { expect } from 'vitest';

/** What a call threw, which has to be a LanguageModelError. */
export const failureOf = async (call: Promise<unknown>): Promise<LanguageModelError> => {
  const error = await call.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(isAegisError(error), `not a LanguageModelError: ${error}`).toBe(true);
  return error as LanguageModelError;
};
