import type { JsonValue } from '@aegis/spec';

/** Arguments that came as text, as vendors pass on what a model wrote; none at all are an empty object. */
export const parsedArguments = (given: JsonValue): JsonValue => {
  if (typeof given !== 'string') return given ?? {};
  if (given.trim() === '') return {};
  try {
    return JSON.parse(given) as JsonValue;
  } catch {
    return given;
  }
};
