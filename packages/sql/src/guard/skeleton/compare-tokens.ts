import { words } from '../text/words.js';

/** Words that renderers add or leave out without a change of meaning. */
const optionalWords = words('as inner outer');

/** A piece of text in the form in which the written and the rendered text must agree. */
export interface Compared<Item> {
  readonly key: string;
  readonly item: Item;
}

/**
 * The tokens of a text without what renderers may change: letter case, `AS`, `INNER`, `OUTER`, `0.5` for `.5`, and, where
 * the text was written with `x::t`, the brackets of `CAST(x AS t)`.
 */
export const compared = <Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  hasShortCasts: boolean,
): readonly Compared<Item>[] => {
  const all = items.map((item) => ({ key: keyOf(textOf(item)), item }));
  return (hasShortCasts ? withShortCasts(all) : all).filter(({ key }) => !optionalWords.has(key));
};

/** `CAST(x AS t)` as `x :: t`. */
const withShortCasts = <Item>(items: readonly Compared<Item>[]): readonly Compared<Item>[] => {
  const opened: boolean[] = [];
  return items.flatMap((compared, index) => {
    const { key, item } = compared;
    if (key === '(') {
      const isCast = items[index - 1]?.key === 'cast';
      opened.push(isCast);
      return isCast ? [] : [compared];
    }
    if (key === ')') return opened.pop() ? [] : [compared];
    if (key === 'cast' && items[index + 1]?.key === '(') return [];
    return key === 'as' && opened.at(-1) ? [{ key: '::', item }] : [compared];
  });
};

/** A word without the quotes that renderers put around some names, and leave out around others. */
export const withoutQuotes = (text: string): string => text.replace(/^(["`])(\w+)\1$/, '$2');

const keyOf = (quotedOrNot: string): string => {
  const text = withoutQuotes(quotedOrNot);
  if (/^[\d.]*\d/.test(text)) return text.replaceAll('_', '').replace(/^\./, '0.').toLowerCase();
  return /^\w+$/.test(text) ? text.toLowerCase() : text;
};
