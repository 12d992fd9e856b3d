import { wordsAtDepthOne } from '../text/brackets.js';
import type { Token } from '../text/scan.js';
import { words } from '../text/words.js';
import type { Context, Recognised } from './recognise.js';

/** Words before a parenthesis that call nothing. */
const structuralWords = words(
  'and or not in any some all exists between like ilike rlike regexp is as on using by from where having select distinct',
  'union intersect except when then else case end limit offset fetch join lateral over values with recursive materialized',
  'sets rollup cube partition rows cast try_cast safe_cast unnest interval qualify window escape to similar asc desc',
  'exclude group within table collate only',
);
/** Functions whose arguments may be split by words instead of commas: the parser has to see which one it is. */
const wordyFunctions: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['extract', words('from')],
  ['trim', words('from both leading trailing')],
  ['substring', words('from for')],
  ['overlay', words('placing')],
  ['struct', words('as')],
]);
/** What makes a call of an aggregate more than a list of arguments. */
const aggregateClauses = words('order ignore respect having limit separator overflow');
/** Aggregates with clauses inside that the parser knows; it sees the others as one of these. */
const nativeAggregates = words('array_agg string_agg listagg group_concat any_value first last first_value last_value');
const refusedClauses = words('pivot unpivot match_recognize tablesample');

/** `ARRAY(SELECT …)` is to the parser what it looks like: `EXISTS (SELECT …)`. */
const holdsQuery = (context: Context, index: number): boolean =>
  /^(?:select|with)$/i.test(context.tokens[index + 2]?.text ?? '');

/** A function's name, behind a mark unless its arguments have a grammar of their own. */
export const recogniseCall = (context: Context, index: number): Recognised | undefined => {
  const end = endOfFunctionName(context, index);
  const name = end === undefined ? '' : lowerName(context.tokens.slice(index, end));
  if (end === undefined || isStructural(context, index, name)) return undefined;
  const { start } = context.tokens[index] ?? { start: 0 };
  const { functions, refuse } = context.rules;
  if (refusedClauses.has(name)) {
    throw refuse(
      'forbidden',
      `${name.toUpperCase()} is not allowed in a rule.`,
      'Write it with CASE, GROUP BY or sub-queries.',
      start,
    );
  }
  if (name === 'array' && holdsQuery(context, index)) return { end: index + 1, shown: 'EXISTS' };
  const callable = functions.kinds.get(name.replace(/^safe\./, ''));
  const inside = wordsAtDepthOne(context.tokens, end);
  if (inside.some((word) => wordyFunctions.get(name)?.has(word))) return { end: index + 1 };
  if (callable && callable !== 'scalar' && inside.some((word) => aggregateClauses.has(word))) {
    return nativeAggregates.has(name) ? { end: index + 1 } : { end: index + 1, shown: 'array_agg' };
  }
  return { end, mark: { kind: 'call', name, callable } };
};

/** `upper`, or `net.host` where the dialect has a function of that name. */
const endOfFunctionName = ({ tokens, rules }: Context, index: number): number | undefined => {
  if (tokens[index]?.kind !== 'word') return undefined;
  if (tokens[index + 1]?.text === '(') return index + 1;
  if (tokens[index + 1]?.text !== '.' || tokens[index + 3]?.text !== '(' || tokens[index - 1]?.text === '.')
    return undefined;
  const name = lowerName(tokens.slice(index, index + 3));
  return rules.functions.kinds.has(name) || (rules.hasSafePrefix && name.startsWith('safe.')) ? index + 3 : undefined;
};

/** Some names are functions in one place and clauses in another. */
const isStructural = ({ tokens, fromCommas, rules }: Context, index: number, name: string): boolean => {
  const before = tokens[index - 1]?.text.toLowerCase();
  if (name === 'filter') return before === ')';
  if (name === 'offset') return before !== '[';
  if (name === 'replace') return before === ')' || (before === '*' && startsItem(tokens[index - 2]));
  if (name === 'collate') return !rules.functions.kinds.has(name);
  if (name === 'insert') return before === 'then';
  if (name === 'exists') return startsQuery(tokens[index + 2]);
  if (name === 'unnest') return fromCommas.has(index - 1) || /^(?:from|join|in|lateral)$/.test(before ?? '');
  return structuralWords.has(name);
};

const startsQuery = (token: Token | undefined): boolean =>
  /^(?:select|with|values|table|from|\()$/i.test(token?.text ?? '');

/** Whether a `*` after this token is every column, not a multiplication. */
const startsItem = (token: Token | undefined): boolean => /^(?:select|distinct|all|,|\.)$/i.test(token?.text ?? '');

/** ASCII only: to some engines a Kelvin sign is not a `k`. */
const lowerName = (tokens: readonly Token[]): string => {
  const name = tokens.map(({ text }) => text).join('');
  return /^[\x20-\x7e]*$/.test(name) ? name.toLowerCase() : name;
};
