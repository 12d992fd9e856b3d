import { isWord } from './brackets.js';
import type { Token } from './scan.js';
import { words } from './words.js';

/** Words that open a clause, or a list inside one, and so end what FROM began. */
const clauses = words(
  'select from where group having qualify order limit offset window union intersect except values view set',
);
const openers = words('( [ {');
const closers = words(') ] }');

/** The indexes of the commas between relations, as in `FROM a, b`. */
export const fromCommas = (tokens: readonly Token[]): ReadonlySet<number> => {
  const commas = new Set<number>();
  const clauseAt: string[] = [''];
  tokens.forEach(({ kind, text }, index) => {
    const word = text.toLowerCase();
    if (openers.has(text)) clauseAt.push('');
    else if (closers.has(text)) clauseAt.pop();
    else if (kind === 'word' && clauses.has(word) && !isDistinctFrom(tokens, index))
      clauseAt[clauseAt.length - 1] = word;
    else if (text === ',' && clauseAt.at(-1) === 'from') commas.add(index);
  });
  return commas;
};

/** `a IS DISTINCT FROM b` */
const isDistinctFrom = (tokens: readonly Token[], index: number): boolean =>
  isWord(tokens[index], 'from') && isWord(tokens[index - 1], 'distinct');
