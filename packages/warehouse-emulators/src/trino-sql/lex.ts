import { type Cut, cutTokens, LexError } from '../engine/cut-tokens.js';
import type { Token } from '../engine/tokens.js';

const symbols = /^(<>|<=|>=|!=|\|\||->|=>|[-+*/%=<>().,;[\]{}?:|^$])/;
const number = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/;
const word = /^[A-Za-z_][A-Za-z0-9_@:]*/;
const skipped = /^(\s+|--[^\n\r]*|\/\*[\s\S]*?\*\/)/;
const text = /^'((?:[^']|'')*)'/;
const unicodeText = /^[uU]&'((?:[^']|'')*)'/;
const bytes = /^[xX]'((?:[^']|'')*)'/;
const identifier = /^"((?:[^"]|"")*)"/;

/**
 * Cuts a statement of Trino into tokens. @throws LexError for a quote that is not closed and for signs that mean nothing.
 * @see https://trino.io/docs/current/language/types.html
 */
export const lex = (sql: string): readonly Token[] => cutTokens(sql, next);

type Form = readonly [pattern: RegExp, kind: Token['kind'], value: (content: string) => string];

const asIs = (content: string): string => content;

/** In the order in which they are tried: what has a prefix before words. */
const forms: readonly Form[] = [
  [text, 'text', (content) => content.replaceAll("''", "'")],
  [unicodeText, 'text', (content) => unescaped(content.replaceAll("''", "'"))],
  [bytes, 'bytes', (content) => content.replace(/\s/g, '')],
  [identifier, 'identifier', (content) => content.replaceAll('""', '"')],
  [number, 'number', asIs],
  [word, 'word', asIs],
  [symbols, 'symbol', asIs],
];

const next = (rest: string): Cut => {
  const space = skipped.exec(rest);
  if (space) return { length: space[0].length };
  for (const [pattern, kind, value] of forms) {
    const found = pattern.exec(rest);
    if (found) return { length: found[0].length, token: { kind, value: value(found[1] ?? found[0]) } };
  }
  throw new LexError(`mismatched input '${rest.slice(0, 1)}'`);
};

const escapeSequence = /\\(\\|\+[\da-fA-F]{6}|[\da-fA-F]{4})/g;

/** `U&'\0009'` and `U&'\+01F600'`. */
const unescaped = (content: string): string =>
  content.replace(escapeSequence, (_, code: string) =>
    code === '\\' ? code : String.fromCodePoint(Number.parseInt(code.replace('+', ''), 16)),
  );
