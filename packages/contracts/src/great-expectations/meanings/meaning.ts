import { type NoRule, noRule, type SameRule as RuleOfTool } from '../../same-rule.js';
import type { SqlWords } from '../../words/sql-words.js';

export { noRule as none };

/** An expectation, as far as its meaning goes. */
export interface ExpectationCase {
  readonly kwargs: { readonly [name: string]: unknown };
  /** Names the column that it is about. */
  readonly column: string | undefined;
  readonly words: SqlWords;
}

/** What `mostly` divides by: values that are not NULL, or rows that a condition leaves. */
export type Share = 'values' | 'rows';

/** A rule type that means exactly what the expectation means. */
export interface SameRule extends RuleOfTool {
  /** Without it, `mostly` has no words in the rule type. */
  readonly share?: Share | undefined;
}

/** An expectation that says the same of several things, a rule for each. */
export interface SeveralRules {
  readonly kind: 'several';
  readonly rules: readonly { readonly part: string; readonly rule: SameRule }[];
}

export type Meaning = SameRule | NoRule | SeveralRules;

/** What each expectation means, by its name. */
export type Meanings = { readonly [type: string]: (expectation: ExpectationCase) => Meaning };

export const rule = (
  type: string,
  params: { readonly [param: string]: unknown },
  more: Pick<SameRule, 'where' | 'share'> = {},
): SameRule => ({ kind: 'rule', logic: { type, ...params }, ...more });

/** Rows for which the condition is false; a condition that is NULL counts for neither side. */
export const expression = (sql: string, more: Pick<SameRule, 'where' | 'share'> = {}): SameRule =>
  rule('sql_expression', { expression: sql }, more);

/** A query over `{table}` that returns the rows that are unexpected. */
export const rowsOf = (query: string, asQuery: string): SameRule => ({ ...rule('custom_sql', { query }), asQuery });

/** A query over `{table}` whose only value must be true. */
export const truth = (query: string, asQuery: string): SameRule => ({
  ...rule('custom_sql', { query, expect: true }),
  asQuery,
});

/** The meaning for the column that the expectation names. */
export const onColumn = (expectation: ExpectationCase, meaning: (column: string, sql: string) => Meaning): Meaning =>
  expectation.column === undefined
    ? noRule('it names no column')
    : meaning(expectation.column, expectation.words.name(expectation.column));

export const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** A param that is a list, or `undefined`. */
export const listOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);

/** A param that is a list of names, or `undefined`. */
export const namesOf = (value: unknown): readonly string[] | undefined => {
  const list = listOf(value);
  return list !== undefined && list.length > 0 && list.every((name) => typeof name === 'string') ? list : undefined;
};
