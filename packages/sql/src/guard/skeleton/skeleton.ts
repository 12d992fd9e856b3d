import { scopePlaceholder } from '../scope-placeholder.js';
import type { Token } from '../text/scan.js';
import { type Mark, shownMark } from './marks.js';
import { type Context, contextOf, recognise } from './recognise.js';

/**
 * What the parser gets to see of a text. Whatever has an inside (strings, quoted names, types, typed constants) and
 * every function's name is replaced by a mark, because the parser rewrites the functions and literals that it knows, at
 * times into something else (`dayofweek(x)` becomes `ISODOW(x)`). It only has to understand the structure; where the
 * marks stand, what was written comes back.
 */
export interface Skeleton {
  readonly pieces: readonly Piece[];
  /** By the number in their names. */
  readonly marks: readonly Mark[];
  readonly text: string;
}

/** One token as the parser sees it, and as it was written. */
export interface Piece {
  readonly shown: string;
  readonly written: string;
  /** Offsets in the user's text. */
  readonly start: number;
  readonly end: number;
}

/** @throws GuardError for names that are reserved, session variables and clauses that rules may not use */
export const makeSkeleton = (tokens: readonly Token[], rules: Context['rules']): Skeleton => {
  const context = contextOf(tokens, rules);
  const pieces: Piece[] = [];
  const marks: Mark[] = [];
  for (let index = 0; index < tokens.length; ) {
    const { end, mark: found, shown } = recognise(context, index);
    const written = writtenBetween(tokens, index, end);
    const start = tokens[index]?.start ?? 0;
    const mark = found && { ...found, written, start };
    pieces.push({
      shown: mark ? shownMark(mark, marks.length, rules.lexicon.quote) : (shown ?? written),
      written: tokens[index]?.kind === 'table' ? scopePlaceholder : written,
      start,
      end: tokens[end - 1]?.end ?? start,
    });
    if (mark) marks.push(mark);
    index = end;
  }
  return { pieces, marks, text: pieces.map(({ shown }) => shown).join(' ') };
};

/** Without the comments between the tokens; a blank wherever something stood between two of them. */
const writtenBetween = (tokens: readonly Token[], start: number, end: number): string =>
  tokens
    .slice(start, end)
    .map(({ text, end: tokenEnd }, index) => {
      const next = tokens[start + index + 1];
      return next && start + index + 1 < end && next.start > tokenEnd ? `${text} ` : text;
    })
    .join('');
