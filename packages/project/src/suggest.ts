import { distance } from 'fastest-levenshtein';

/** The candidate that `word` is most likely a slip of; `undefined` when none is near. */
export const nearest = (word: string, candidates: Iterable<string>): string | undefined => {
  const lower = word.toLowerCase();
  const ranked = [...candidates]
    .map((candidate) => ({ candidate, edits: distance(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits < candidate.length && edits <= Math.max(2, Math.floor(word.length / 3)))
    .sort((left, right) => left.edits - right.edits);
  return ranked[0]?.candidate;
};

/** `Did you mean "x"?`, else `otherwise`. */
export const didYouMean = (word: string, candidates: Iterable<string>, otherwise?: string): string | undefined => {
  const found = nearest(word, candidates);
  return found === undefined ? otherwise : `Did you mean "${found}"?`;
};
