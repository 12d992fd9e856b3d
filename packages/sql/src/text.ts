import { PlanError } from '@aegis/spec';

const loneSurrogate = /\p{Cs}/u;

/**
 * The text itself, once it is sure that an engine can hold it.
 * @throws PlanError `unsupported` for NUL and for half of a surrogate pair, which no engine's text holds.
 */
export const storableText = (text: string): string => {
  if (text.includes('\0')) throw new PlanError('unsupported', 'a text value holds the character NUL');
  if (loneSurrogate.test(text)) throw new PlanError('unsupported', 'a text value holds half of a surrogate pair');
  return text;
};

/**
 * The name itself, once it is sure that it can stand between quotes.
 * @throws PlanError `unsupported` for an empty name and for control characters.
 */
export const quotableName = (name: string): string => {
  if (name === '') throw new PlanError('unsupported', 'a name is empty');
  if (/\p{Cc}|\p{Cs}/u.test(name))
    throw new PlanError('unsupported', `the name ${JSON.stringify(name)} holds a control character`, {
      hint: 'Rename the table or column, or read it through a view.',
    });
  return name;
};

/** Standard SQL: the quote is doubled and everything else is itself. */
export const doubled = (text: string, quote: "'" | '"' | '`'): string =>
  `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;

/** Dialects in which a backslash escapes: quotes, backslashes and control characters are escaped by it. */
export const backslashed = (text: string, quote: "'" | '`'): string =>
  `${quote}${text.replace(/[\\'`\p{Cc}]/gu, (found) => escapes(found, quote))}${quote}`;

const escapes = (found: string, quote: string): string => {
  if (found === '\\' || found === quote) return `\\${found}`;
  if (found === "'" || found === '`') return found;
  return named[found] ?? `\\u${hex(found)}`;
};

const named: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');
