import { isWord } from '../text/brackets.js';
import type { Token } from '../text/scan.js';
import { words } from '../text/words.js';
import type { Context, Recognised } from './recognise.js';

/**
 * Operators that the parser rewrites, and one that it leaves alone for it to see. The tokens keep their order whatever
 * shape the tree takes, so what was written can stand in their places again.
 */
const standIns: ReadonlyMap<string, string> = new Map([
  ['^', '*'],
  ['**', '*'],
  ['//', '%'],
  ['!', 'NOT'],
  ['!=', '<>'],
  ['==', '='],
  ['<=>', '='],
  ...[...words('!~ ~* !~* ~~ !~~ ~~* !~~* ~~~ ^@ && @> <@')].map((operator) => [operator, '='] as const),
  ...[...words('#> #>> #- ->>')].map((operator) => [operator, '||'] as const),
]);

/** The same for words, where the tokens around them show that they are operators. */
const wordStandIns: Readonly<
  Record<string, { readonly shown: string; readonly isMeant: (tokens: readonly Token[], index: number) => boolean }>
> = {
  div: { shown: '%', isMeant: (tokens, index) => isOperand(tokens[index - 1]) },
  regexp: {
    shown: 'RLIKE',
    isMeant: (tokens, index) => isOperand(tokens[index - 1]) || isWord(tokens[index - 1], 'not'),
  },
  isnull: { shown: 'IS NULL', isMeant: (tokens, index) => isOperand(tokens[index - 1]) },
  notnull: { shown: 'IS NOT NULL', isMeant: (tokens, index) => isOperand(tokens[index - 1]) },
  some: { shown: 'ANY', isMeant: (tokens, index) => tokens[index + 1]?.text === '(' },
  minus: {
    shown: 'EXCEPT',
    isMeant: (tokens, index) => /^(?:select|all|distinct)$/i.test(tokens[index + 1]?.text ?? ''),
  },
  unknown: {
    shown: 'NULL',
    isMeant: (tokens, index) =>
      isWord(tokens[index - 1], 'is') || (isWord(tokens[index - 1], 'not') && isWord(tokens[index - 2], 'is')),
  },
};

const operatorWords = words('and or not when then else case where on having select in between like by return is');

export const recogniseOperator = ({ tokens }: Context, index: number): Recognised | undefined => {
  const shown = shownFor(tokens, index);
  return shown === undefined ? undefined : { end: index + 1, shown };
};

const shownFor = (tokens: readonly Token[], index: number): string | undefined => {
  const token = tokens[index];
  if (token?.kind === 'word') {
    const name = token.text.toLowerCase();
    const standIn = Object.hasOwn(wordStandIns, name) ? wordStandIns[name] : undefined;
    return standIn?.isMeant(tokens, index) ? standIn.shown : undefined;
  }
  if (token?.kind !== 'symbol') return undefined;
  if (isMatch(tokens, index)) return '=';
  return isKey(tokens, index) ? '||' : standIns.get(token.text);
};

/** `a ~ 'x'`, not the bitwise `~a`. */
const isMatch = (tokens: readonly Token[], index: number): boolean =>
  tokens[index]?.text === '~' && isOperand(tokens[index - 1]);

/** `j -> 'key'`, not a lambda. */
const isKey = (tokens: readonly Token[], index: number): boolean =>
  tokens[index]?.text === '->' && ['string', 'number'].includes(tokens[index + 1]?.kind ?? '');

const isOperand = (token: Token | undefined): boolean => {
  if (!token) return false;
  if (token.kind === 'symbol') return token.text === ')' || token.text === ']';
  return token.kind !== 'word' || !operatorWords.has(token.text.toLowerCase());
};
