import type { FailureUnit } from '../convert/conversion.js';

/** A test on data, with what its params refer to already looked up. */
export interface TestCase {
  readonly params: { readonly [name: string]: unknown };
  /** The column that the test is on, without quotes; `undefined` where there is none or it is an expression. */
  readonly column: string | undefined;
  /** The same as written, for use in SQL. */
  readonly columnSql: string | undefined;
  /** The table that a param refers to as `ref(…)` or `source(…)`, or why there is none. */
  table(text: unknown): ReferredTable;
  /** A column's name in a param. */
  plain(text: unknown): string | undefined;
}

export type ReferredTable = { readonly kind: 'table'; readonly name: string } | Impossible;

/** A rule type that means exactly what the test means. */
export interface SameRule {
  readonly kind: 'rule';
  readonly type: string;
  readonly logic: { readonly [param: string]: unknown };
  /** A condition on rows besides that of the test's configuration. */
  readonly where?: string | undefined;
  /** What dbt counts. */
  readonly unit: FailureUnit;
  /** The calculation that the test itself brings, where its rule counts the same. */
  readonly failCalc?: string;
}

/** Only the query that dbt compiled means the same. */
export interface OnlyQuery {
  readonly kind: 'query';
  readonly reason: string;
}

export interface Impossible {
  readonly kind: 'impossible';
  readonly reason: string;
}

export type TestMeaning = SameRule | OnlyQuery | Impossible;

/** What each test of a package means, by its name. */
export type TestMeanings = { readonly [name: string]: (test: TestCase) => TestMeaning };

export const onlyQuery = (reason: string): OnlyQuery => ({ kind: 'query', reason });

const expressionColumn = onlyQuery('the column is an expression');

/** A rule on the test's column. */
export const onColumn = (
  { column }: TestCase,
  type: string,
  unit: FailureUnit,
  logic: { readonly [param: string]: unknown } = {},
  where?: string,
): TestMeaning =>
  column === undefined ? expressionColumn : { kind: 'rule', type, logic: { column, ...logic }, unit, where };

/** Rows for which an expression is false. */
export const expression = (sql: string, where?: string): SameRule => ({
  kind: 'rule',
  type: 'sql_expression',
  logic: { expression: sql },
  unit: 'rows',
  where,
});

/** A condition param; anything but a text is as if it were not there. */
export const condition = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
