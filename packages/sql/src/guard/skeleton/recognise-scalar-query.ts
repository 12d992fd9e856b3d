import { closingBracket } from '../text/brackets.js';
import type { Token } from '../text/scan.js';
import { words } from '../text/words.js';
import type { Context, Recognised } from './recognise.js';

const setOperators = words('union intersect except minus');
/** After these a bracket holds a value. */
const beforeValues = words(
  'select distinct where and or not having on when then else between like ilike by',
  '= <> != < > <= >= + - * / % || ,',
);

/**
 * The bracket of `WHERE a > (SELECT …) UNION …`. The parser would unite the query inside with what follows, so that it gets
 * to see `EXISTS (SELECT …)`, which ends at its bracket.
 */
export const recogniseScalarQuery = ({ tokens, fromCommas }: Context, index: number): Recognised | undefined => {
  if (tokens[index]?.text !== '(' || !isOneOf(tokens[index + 1], queries) || fromCommas.has(index - 1))
    return undefined;
  const isUnited =
    isOneOf(tokens[index - 1], beforeValues) && isOneOf(tokens[closingBracket(tokens, index) + 1], setOperators);
  return isUnited ? { end: index + 1, shown: 'EXISTS (' } : undefined;
};

const queries = words('select with');

const isOneOf = (token: Token | undefined, texts: ReadonlySet<string>): boolean =>
  token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && texts.has(token.text.toLowerCase());
