import { ExactNumber } from './exact-number.js';

const maxShown = 60;

/** At most 60 characters of what somebody wrote. */
export const shorten = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown)}…` : text);

/** A written value as a message names it: `the number 5`, `the text "x"`, `a list`. */
export const describeValue = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (value instanceof ExactNumber) return `the number ${shorten(value.text)}`;
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value)
    ? 'a list'
    : `a ${value instanceof Date ? 'date' : typeof value === 'object' ? 'mapping' : typeof value}`;
};

/** A single written value as it would be typed again; `undefined` for lists and mappings. */
export const writtenText = (value: unknown): string | undefined => {
  if (value instanceof ExactNumber) return shorten(value.text);
  if (typeof value === 'object' || value === undefined) return undefined;
  return shorten(String(value));
};
