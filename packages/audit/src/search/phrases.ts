const wordPattern = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** A word of a text, folded as the FTS5 tokenizer `unicode61` folds: without case and diacritics. */
export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** What a person typed, as phrases of which all must be found. One per space-separated piece that has a word in it. */
export const phrasesOf = (query: string): readonly string[] =>
  query.split(/[\s\0]+/u).filter((piece) => wordsOf(piece).length > 0);

export const wordsOf = (text: string): readonly Word[] =>
  [...text.matchAll(wordPattern)].flatMap(({ 0: word, index }) => {
    const folded = fold(word);
    return folded === '' ? [] : [{ folded, start: index, end: index + word.length }];
  });

/** The first place where the words of `phrase` stand in a row. */
export const findPhrase = (words: readonly Word[], phrase: string): { start: number; end: number } | undefined => {
  const sought = wordsOf(phrase);
  const at = words.findIndex((_, index) =>
    sought.every(({ folded }, offset) => words[index + offset]?.folded === folded),
  );
  const [first, last] = [words[at], words[at + sought.length - 1]];
  return first && last && { start: first.start, end: last.end };
};

const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
