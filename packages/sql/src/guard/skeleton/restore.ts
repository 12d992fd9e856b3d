import { quoted } from '../text/refusal.js';
import { scan, type Token } from '../text/scan.js';
import { compared, withoutQuotes } from './compare-tokens.js';
import type { Reading } from './reading.js';
import type { Piece } from './skeleton.js';

export interface Restored {
  /** What may run. */
  readonly sql: string;
  /** Whether it has the very tokens that were judged, so that judging it again would say nothing new. */
  readonly isSame: boolean;
}

/**
 * Puts what the user wrote back in place of the marks of a rendered skeleton.
 *
 * Token by token, the rendered text must be the written one. Only this may differ: letter case of keywords, blanks,
 * comments, `AS`, `INNER` and `OUTER`, `x::t` for `CAST(x AS t)`, `.5` for `0.5`. So nothing that the parser dropped,
 * reordered or translated ever runs.
 * @throws GuardError `forbidden` where more than that differs
 */
export const restore = (rendered: string, reading: Reading): Restored => {
  const tokens = scan(rendered, reading.rules.lexicon, reading.refuse);
  const hasShortCasts = reading.skeleton.pieces.some(({ shown }) => shown === '::');
  const now = compared(tokens, ({ text }) => text, hasShortCasts);
  const shownBefore = reading.skeleton.pieces.flatMap(shownTokens);
  const before = compared(shownBefore, ({ shown }) => shown, hasShortCasts);
  const replacements = now.flatMap(({ key, item: token }, index) => {
    const was = before[index];
    if (was?.key !== key || !sameSpelling(was.item.shown, token.text)) throw unfaithful(was?.item, token, reading);
    const { shown, written } = was.item;
    const isAsWritten = written === shown && token.text === withoutQuotes(token.text);
    return isAsWritten ? [] : [{ token, written }];
  });
  const lost = before[now.length];
  if (lost) throw unfaithful(lost.item, undefined, reading);
  const isSame = tokens.length === now.length && shownBefore.length === before.length;
  return { sql: spliced(rendered, replacements), isSame };
};

/** Keywords may be put in capitals; no name may change its case. */
const sameSpelling = (shown: string, rendered: string): boolean =>
  !/^\p{L}/u.test(shown) || [shown, shown.toUpperCase()].includes(withoutQuotes(rendered));

/** Where one written token is several to the parser, it goes in place of the first. */
const shownTokens = (piece: Piece): readonly Piece[] => {
  const [first = '', ...others] = piece.shown.split(' ');
  return [{ ...piece, shown: first }, ...others.map((shown) => ({ ...piece, shown, written: '' }))];
};

const spliced = (
  text: string,
  replacements: readonly { readonly token: Token; readonly written: string }[],
): string => {
  let result = '';
  let offset = 0;
  for (const { token, written } of replacements) {
    const between = text.slice(offset, token.start);
    result += (written === '' || written === ',' ? between.trimEnd() : between) + written;
    offset = token.end;
  }
  return result + text.slice(offset);
};

const unfaithful = (was: Piece | undefined, token: Token | undefined, { refuse }: Reading) =>
  refuse(
    'forbidden',
    `The SQL could not be rendered faithfully: ${was ? quoted(was.written) : 'its end'} would become ${token ? quoted(token.text) : 'nothing'}.`,
    'Write this part in another, plainer way.',
    was?.start,
  );
