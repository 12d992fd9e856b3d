import { type Cut, cutTokens, LexError } from '../engine/cut-tokens.js';
import type { Token } from '../engine/tokens.js';

const symbols = /^(<>|<=|>=|!=|\|\||=>|[-+*/%=<>().,;[\]{}?@:&|^~!$\\])/;
const number = /^(0[xX][\da-fA-F]+|(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?)/;
const word = /^[\p{L}_][\p{L}\p{N}_]*/u;
const skipped = /^(\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)/;
const quote = /^([rR]?[bB]?|[bB][rR])("""|'''|"|')/;

/**
 * Cuts GoogleSQL into tokens. @throws LexError for a quote that is not closed and for signs that mean nothing.
 * @see https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
 */
export const lex = (sql: string): readonly Token[] => cutTokens(sql, next);

const next = (rest: string): Cut => {
  const space = skipped.exec(rest);
  if (space) return { length: space[0].length };
  if (rest.startsWith('`')) return quotedName(rest);
  const opening = quote.exec(rest);
  if (opening) return quotedText(rest, opening[1] ?? '', opening[2] ?? '');
  return simple(rest);
};

const simple = (rest: string): Cut => {
  for (const [kind, pattern] of [
    ['number', number],
    ['word', word],
    ['symbol', symbols],
  ] as const) {
    const found = pattern.exec(rest);
    if (found) return { length: found[0].length, token: { kind, value: found[0] } };
  }
  throw new LexError(`Syntax error: Illegal input character "${rest.slice(0, 1)}"`);
};

const quotedName = (rest: string): Cut => {
  const { length, content } = closed(rest, 1, '`');
  return { length, token: { kind: 'identifier', value: unescaped(content) } };
};

const quotedText = (rest: string, prefix: string, mark: string): Cut => {
  const { length, content } = closed(rest, prefix.length + mark.length, mark);
  const isRaw = /r/i.test(prefix);
  const value = isRaw ? content : unescaped(content);
  if (!/b/i.test(prefix)) return { length, token: { kind: 'text', value } };
  return { length, token: { kind: 'bytes', value: Buffer.from(value, 'latin1').toString('hex') } };
};

/** What stands before the closing mark; a backslash takes the next sign with it, also in raw text. */
const closed = (rest: string, from: number, mark: string): { readonly length: number; readonly content: string } => {
  for (let index = from; index < rest.length; index += 1) {
    if (rest[index] === '\\') index += 1;
    else if (rest.startsWith(mark, index)) return { length: index + mark.length, content: rest.slice(from, index) };
  }
  throw new LexError('Syntax error: Unclosed string literal');
};

const escapes: { readonly [letter: string]: string } = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

const escapeSequence = /\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|[xX][\da-fA-F]{2}|[0-3][0-7]{2}|[\s\S])/g;

const unescaped = (text: string): string =>
  text.replace(escapeSequence, (_, code: string) => {
    if (/^[uUxX]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    if (/^\d/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    return escapes[code] ?? code;
  });
