import type { Token } from './tokens.js';

/** A statement that cannot be cut into tokens, in the words of the warehouse. */
export class LexError extends Error {}

/** The first piece of a text: how long it is, and its token unless it is space or a comment. */
export interface Cut {
  readonly length: number;
  readonly token?: Token;
}

/** Cuts a statement into tokens, piece by piece. @throws what `next` throws for a text that begins with none */
export const cutTokens = (sql: string, next: (rest: string) => Cut): readonly Token[] => {
  const tokens: Token[] = [];
  let rest = sql;
  while (rest !== '') {
    const { length, token } = next(rest);
    if (token) tokens.push(token);
    rest = rest.slice(length);
  }
  return tokens;
};
