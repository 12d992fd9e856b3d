/** Whether a value has keys: no list, no single value. */
export const isMapping = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text that says something. */
export const filledText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** What a table of words has for a key of its own; keys come from files, and may be `constructor`. */
export const ownValue = <Value>(words: { readonly [key: string]: Value }, key: string): Value | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;
