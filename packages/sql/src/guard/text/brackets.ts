import type { Refuse } from './refusal.js';
import type { Token } from './scan.js';
import { words } from './words.js';

const closing: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const closers = words(') ] }');
const casts = words('cast try_cast safe_cast');

/** @throws GuardError `syntax` where a bracket closes what nothing opened, or stays open */
export const refuseUnbalanced = (tokens: readonly Token[], refuse: Refuse): void => {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== 'symbol') continue;
    if (closing.has(token.text)) open.push(token);
    else if (closers.has(token.text) && closing.get(open.pop()?.text ?? '') !== token.text)
      throw unbalanced(token, refuse);
  }
  const [left] = open;
  if (left) throw unbalanced(left, refuse);
};

const unbalanced = ({ text, start }: Token, refuse: Refuse) =>
  refuse('syntax', `The bracket \`${text}\` has no partner.`, 'Open and close every bracket within this text.', start);

/** The index of the bracket that closes the one at `open`, in balanced tokens. */
export const closingBracket = (tokens: readonly Token[], open: number): number => {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    depth += depthChange(tokens[index]);
    if (depth === 0) return index;
  }
  return tokens.length;
};

/** The words between two brackets that are not inside further brackets, in lower case. */
export const wordsAtDepthOne = (tokens: readonly Token[], open: number): readonly string[] => {
  const found: string[] = [];
  const end = closingBracket(tokens, open);
  let depth = 0;
  for (const token of tokens.slice(open, end)) {
    depth += depthChange(token);
    if (depth === 1 && token.kind === 'word') found.push(token.text.toLowerCase());
  }
  return found;
};

/** Where a cast names its type: after `::`, and after the `AS` of a `CAST(… AS …)`. */
export const castTypeStarts = (tokens: readonly Token[]): ReadonlySet<number> => {
  const starts = new Set<number>();
  const opened: boolean[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === 'symbol' && closing.has(token.text))
      opened.push(casts.has(tokens[index - 1]?.text.toLowerCase() ?? ''));
    else if (token.kind === 'symbol' && closers.has(token.text)) opened.pop();
    else if (token.text === '::' || (opened.at(-1) && isWord(token, 'as'))) starts.add(index + 1);
  });
  return starts;
};

export const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word;

const depthChange = (token: Token | undefined): number => {
  if (token?.kind !== 'symbol') return 0;
  return closing.has(token.text) ? 1 : closers.has(token.text) ? -1 : 0;
};
