import type { Lexicon } from './lexicon.js';
import { quoted, type Refuse } from './refusal.js';

export type TokenKind = 'word' | 'number' | 'string' | 'name' | 'symbol' | 'table';

/** A piece of the text as the engine reads it. Comments and blanks are no tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const blank = /\s+/y;
const blockComment = /\/\*[\s\S]*?\*\//y;
const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const number = /(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const tablePlaceholder = /\{table\}/y;
/** A quote, after a prefix of at most two letters or `U&`. */
const mayStartString = /^(?:[a-zA-Z]{0,2}|[uU]&)['"]/;
const stringPrefixes = /^(?:[a-zA-Z]{1,2})$/;
const singleSymbols = '+-*/%^&|~<>=.,()[]{}:;';
/** Control characters other than tab and line breaks, and those that turn the direction of text around. */
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/u;

/**
 * The tokens of a text.
 * @throws GuardError for characters that hide something, for whatever no engine's expression needs, and for open quotes
 */
export const scan = (text: string, lexicon: Lexicon, refuse: Refuse): readonly Token[] => {
  refuseControlCharacters(text, refuse);
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const blankEnd = endOfBlank(text, offset, lexicon, refuse);
    if (blankEnd !== undefined) {
      offset = blankEnd;
      continue;
    }
    const token = nextToken(text, offset, lexicon) ?? fail(text, offset, refuse);
    refuseAdjacent(tokens.at(-1), token, refuse);
    tokens.push(token);
    offset = token.end;
  }
  return tokens;
};

const matchAt = (pattern: RegExp, text: string, offset: number): string | undefined => {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
};

const endOfBlank = (text: string, offset: number, lexicon: Lexicon, refuse: Refuse): number | undefined => {
  const skipped = matchAt(blank, text, offset) ?? matchAt(lexicon.lineComment, text, offset);
  if (skipped !== undefined) return offset + skipped.length;
  if (!text.startsWith('/*', offset)) return undefined;
  const comment = matchAt(blockComment, text, offset);
  if (comment === undefined) throw refuse('syntax', 'A comment is never closed.', 'Close it with `*/`.', offset);
  if (comment.includes('/*', 2)) {
    throw refuse(
      'forbidden',
      'A comment holds another comment.',
      'Engines disagree where it ends: use `--` inside.',
      offset,
    );
  }
  return offset + comment.length;
};

const nextToken = (text: string, offset: number, lexicon: Lexicon): Token | undefined => {
  const token = (kind: TokenKind, found: string): Token => ({
    kind,
    text: found,
    start: offset,
    end: offset + found.length,
  });
  if (mayStartString.test(text.slice(offset, offset + 3))) {
    for (const pattern of lexicon.strings) {
      const string = matchAt(pattern, text, offset);
      if (string !== undefined) return token('string', string);
    }
  }
  const patterns = [
    ['name', lexicon.quotedName],
    ['table', tablePlaceholder],
    ['word', word],
    ['number', number],
  ] as const;
  for (const [kind, pattern] of patterns) {
    const found = matchAt(pattern, text, offset);
    if (found !== undefined) return token(kind, found);
  }
  const operator = lexicon.operators.find((candidate) => text.startsWith(candidate, offset));
  if (operator !== undefined) return token('symbol', operator);
  const symbol = text.charAt(offset);
  return singleSymbols.includes(symbol) ? token('symbol', symbol) : undefined;
};

const refuseControlCharacters = (text: string, refuse: Refuse): void => {
  const found = controlCharacter.exec(text);
  if (!found) return;
  const code = found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  throw refuse('control-character', `The SQL holds the invisible character U+${code}.`, 'Delete it.', found.index);
};

/** `1a`, `0x1F` and `x'00'` mean something else in each engine, and `'a''b'` is one string to some and two to others. */
const refuseAdjacent = (before: Token | undefined, token: Token, refuse: Refuse): void => {
  if (!before) return;
  const piece = () => quoted(before.text + token.text);
  if (before.kind === 'string' && token.kind === 'string') {
    throw refuse(
      'forbidden',
      `${piece()} is two strings side by side.`,
      'Join them with a function, and put a quote inside a string the way this warehouse escapes it.',
      before.start,
    );
  }
  if (before.end !== token.start) return;
  if (before.kind === 'number' && (token.kind === 'word' || token.kind === 'number')) {
    throw refuse('forbidden', `${piece()} is not a plain number.`, 'Write it in decimal digits.', before.start);
  }
  if (token.kind !== 'string' && !(token.kind === 'name' && token.text.startsWith('"'))) return;
  if ((before.kind === 'word' && stringPrefixes.test(before.text)) || before.text === '&') {
    throw refuse('forbidden', `${piece()} has a prefix that rules may not use.`, 'Write a plain string.', before.start);
  }
};

const oddities: readonly (readonly [string, string, string])[] = [
  [
    '$',
    '`$` starts a parameter or a dollar-quoted string, which rules may not use.',
    'Write the value as a plain literal.',
  ],
  [
    '?',
    '`?` is a placeholder for a value that nobody supplies.',
    'Write the value as a literal; for JSON keys call a function.',
  ],
  ['@', '`@` starts a parameter or variable, which rules may not use.', 'Write the value as a literal.'],
  ["'", 'A string is never closed.', 'Close it with the quote that opens it.'],
  ['"', 'A quoted name or string is never closed, or is empty.', 'Close it with the quote that opens it.'],
  [
    '`',
    'A quoted name is never closed, or this warehouse does not quote names with backticks.',
    'Quote names the way the warehouse does.',
  ],
];

const fail = (text: string, offset: number, refuse: Refuse): never => {
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  const [, message, hint] = oddities.find(([start]) => start === character) ?? [];
  throw refuse(
    '\'"`'.includes(character) ? 'syntax' : 'forbidden',
    message ?? `The character ${quoted(character)} has no meaning here.`,
    hint ?? 'Delete it, or put it between quotes.',
    offset,
  );
};
