import { visible } from '../text/visible.js';

/** HTML that was put together by {@link html}, so that it may be inserted as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

type Insertable = Markup | string | number | readonly Insertable[];

const references: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => references.get(character) ?? '');

const inserted = (value: Insertable): string => {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(inserted).join('');
};

/** A template whose insertions are escaped unless they are {@link Markup} themselves. Safe in text and in quoted attributes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Insertable[]): Markup =>
  new Markup(parts.map((part, index) => part + (index < values.length ? inserted(values[index] ?? '') : '')).join(''));
