import type { CharacterSet } from './character-set.js';

/**
 * A pattern of the portable subset as a tree. Groups, laziness and flags are gone: a search for "is it found?" does not
 * depend on the first two, and flags are worked into the character sets.
 */
export type Pattern =
  /** One character out of a set. */
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly branches: readonly Pattern[] }
  /** `max` undefined means without end. */
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly min: number; readonly max: number | undefined }
  | Assertion;

/** Start and end of the whole text; between a word character `[0-9A-Za-z_]` and something else, or not. */
export type Assertion = { readonly kind: 'start' | 'end' | 'word_boundary' | 'not_word_boundary' };
