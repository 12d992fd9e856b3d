import type { SqlWords } from '../../words/sql-words.js';
import { type ExpectationCase, isGiven } from './meaning.js';

/** `min_value` and `max_value`, each within or, if strict, outside the range. */
export interface Bounds {
  readonly min: unknown;
  readonly max: unknown;
  readonly isStrict: boolean;
  /** The bounds as a rule takes them, both within the range. */
  readonly params: { readonly min_value?: unknown; readonly max_value?: unknown };
  /** Whether SQL lies within the bounds; `undefined` where a bound cannot be written. */
  holds(sql: string): string | undefined;
}

/** The bounds of an expectation; `undefined` without any. */
export const boundsOf = ({ kwargs, words }: ExpectationCase): Bounds | undefined => {
  const { min_value: min, max_value: max, strict_min: above, strict_max: below } = kwargs;
  if (!isGiven(min) && !isGiven(max)) return undefined;
  const isStrict = (isGiven(min) && above === true) || (isGiven(max) && below === true);
  const sides = [...side(min, above === true ? '>' : '>=', words), ...side(max, below === true ? '<' : '<=', words)];
  return {
    min,
    max,
    isStrict,
    params: { ...(isGiven(min) && { min_value: min }), ...(isGiven(max) && { max_value: max }) },
    holds: (sql) => comparison(sql, sides),
  };
};

interface Side {
  readonly operator: string;
  readonly bound: string | undefined;
}

const side = (value: unknown, operator: string, words: SqlWords): readonly Side[] =>
  isGiven(value) ? [{ operator, bound: words.literal(value) }] : [];

const comparison = (sql: string, sides: readonly Side[]): string | undefined =>
  sides.every(({ bound }) => bound !== undefined)
    ? sides.map(({ operator, bound }) => `${sql} ${operator} ${bound}`).join(' and ')
    : undefined;
