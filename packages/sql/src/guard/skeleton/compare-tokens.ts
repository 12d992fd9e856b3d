import { words } from '../text/words.js';

/** Words that renderers add or leave out without a change of meaning. */
const optionalWords = words('as inner outer');

/** A piece of text in the form in which the written and the rendered text must agree. */
export interface Compared<Item> {
  readonly key: string;
  readonly item: Item;
}

/**
 * The tokens of a text without what renderers may change: letter case, `AS`, `INNER`, `OUTER`, `CAST(x AS t)` for
 * `x::t`, `0.5` for `.5`.
 */
export const compared = <Item>(items: readonly Item[], textOf: (item: Item) => string): readonly Compared<Item>[] => {
  const result: Compared<Item>[] = [];
  const opened: ('cast' | 'other')[] = [];
  const keys = items.map((item) => keyOf(textOf(item)));
  items.forEach((item, index) => {
    const key = keys[index] ?? '';
    if (key === 'cast' && keys[index + 1] === '(') return;
    if (key === '(') opened.push(keys[index - 1] === 'cast' ? 'cast' : 'other');
    const isCast = opened.at(-1) === 'cast';
    if (key === ')') opened.pop();
    if (isCast && ((key === '(' && keys[index - 1] === 'cast') || key === ')')) return;
    if (isCast && key === 'as') result.push({ key: '::', item });
    else if (!optionalWords.has(key)) result.push({ key, item });
  });
  return result;
};

const keyOf = (text: string): string => {
  if (/^[\d.]*\d/.test(text)) return text.replaceAll('_', '').replace(/^\./, '0.').toLowerCase();
  return /^\w+$/.test(text) ? text.toLowerCase() : text;
};
