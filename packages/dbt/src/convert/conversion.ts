/** What a count of failures counts: dbt counts the rows of a test's query, which stand for rows, keys or values. */
export type FailureUnit = 'rows' | 'keys' | 'values' | 'table' | 'calculated';

/** A rule as it is written to a file. */
export interface RuleDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly [key: string]: unknown };
  readonly scope: { readonly table: string; readonly [key: string]: unknown };
  readonly logic: { readonly type: string; readonly [key: string]: unknown };
}

/** A check that became a rule. */
export interface ConvertedRule {
  readonly id: string;
  /** What it was made from: the unique id of a test, or of a table with the constraint behind it. Unique and stable. */
  readonly source: string;
  /** What dbt calls it, e.g. `not_null` or `dbt_utils.accepted_range`. */
  readonly check: string;
  readonly unit: FailureUnit;
  /** dbt counts no more failures than this. */
  readonly limit: number | undefined;
  readonly document: RuleDocument;
  /** Why it is the query that dbt compiled, where another rule type could have been meant. */
  readonly asQuery: string | undefined;
}

/** A check that did not become a rule. */
export interface NotConverted {
  readonly source: string;
  readonly check: string;
  readonly reason: string;
  /** What can be done about it. */
  readonly hint?: string | undefined;
}

/** Every check of a manifest is in exactly one of the two lists. */
export interface Conversion {
  /** By table, then by id. */
  readonly rules: readonly ConvertedRule[];
  readonly notConverted: readonly NotConverted[];
  /** What holds for several of them, or for the manifest. */
  readonly notes: readonly string[];
}
