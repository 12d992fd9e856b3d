import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelled word most likely meant; `undefined` when none is close. Case does not count. */
export const nearest = (word: string, candidates: Iterable<string>): string | undefined => {
  const wanted = word.toLowerCase();
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const allowed = allowedEdits(wanted, candidate);
    if (Math.abs(wanted.length - candidate.length) > allowed) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits <= allowed && (!best || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
};

/** Two letters that changed places are two edits. */
const allowedEdits = (word: string, candidate: string): number => {
  const length = Math.min(word.length, candidate.length);
  return length < 4 ? 1 : Math.max(2, Math.floor(Math.min(length, 24) / 3));
};

/** A hint for a word that is not among the candidates: the nearest one, or all of them while they are few. */
export const didYouMean = (word: string, candidates: readonly string[]): string | undefined => {
  const guess = nearest(word, candidates);
  if (guess !== undefined) return `Did you mean "${guess}"?`;
  return candidates.length > 0 && candidates.length <= 20 ? `Known are: ${candidates.join(', ')}.` : undefined;
};
