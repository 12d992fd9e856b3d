import { visible, visibleLines } from '../text/visible.js';

export interface XmlElement {
  readonly name: string;
  /** An attribute that is `undefined` is left out. */
  readonly attributes?: { readonly [name: string]: string | number | undefined };
  /** Elements, or one text. */
  readonly content?: readonly XmlElement[] | string;
}

const references: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => references.get(character) ?? '');

/** Characters that XML cannot hold even as references (NUL, most controls) are shown by name first. */
const attributeText = (value: string | number): string => escaped(visible(String(value)));
const contentText = (text: string): string => visibleLines(text).map(escaped).join('\n');

/** An XML document with declaration, indented by two spaces. */
export const xmlDocument = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${elementLines(root, '').join('\n')}\n`;

const elementLines = ({ name, attributes = {}, content = [] }: XmlElement, indent: string): string[] => {
  const start = `${indent}<${name}${Object.entries(attributes).map(attribute).join('')}`;
  if (content.length === 0) return [`${start}/>`];
  if (typeof content === 'string') return [`${start}>${contentText(content)}</${name}>`];
  return [`${start}>`, ...content.flatMap((child) => elementLines(child, `${indent}  `)), `${indent}</${name}>`];
};

const attribute = ([name, value]: [string, string | number | undefined]): string =>
  value === undefined ? '' : ` ${name}="${attributeText(value)}"`;
