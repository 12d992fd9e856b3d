/** A rule as it is written to a file. */
export interface RuleDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly [key: string]: unknown };
  readonly scope: { readonly table: string; readonly [key: string]: unknown };
  readonly logic: { readonly type: string; readonly [key: string]: unknown };
}

/** A check of another tool that became a rule. */
export interface ConvertedRule {
  readonly id: string;
  /** What it was made from, in the other tool's names. Unique and the same on every machine. */
  readonly source: string;
  /** What the other tool calls it, e.g. `not_null` or `dbt_utils.accepted_range`. */
  readonly check: string;
  readonly document: RuleDocument;
  /** Why it is a query, where another rule type could have been meant. */
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

/** Every check of a file is in exactly one of the two lists. */
export interface Conversion<Rule extends ConvertedRule = ConvertedRule> {
  /** By table, then by id. */
  readonly rules: readonly Rule[];
  readonly notConverted: readonly NotConverted[];
  /** What holds for several of them, or for the file. */
  readonly notes: readonly string[];
}
