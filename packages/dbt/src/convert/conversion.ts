import type { Conversion, ConvertedRule, Draft, Drafted } from '@aegis/rules/conversion';

/** What a count of failures counts: dbt counts the rows of a test's query, which stand for rows, keys or values. */
export type FailureUnit = 'rows' | 'keys' | 'values' | 'table' | 'calculated';

/** How dbt counts the failures of a check. */
export interface FailureCount {
  readonly unit: FailureUnit;
  /** dbt counts no more failures than this. */
  readonly limit?: number | undefined;
}

/** A check of dbt that became a rule; `source` is the unique id of a test, or of a table with the constraint behind it. */
export interface DbtRule extends ConvertedRule, FailureCount {}

/** Every check of a manifest is in exactly one of the two lists. */
export type DbtConversion = Conversion<DbtRule>;

export interface DbtDraft extends Draft, FailureCount {}

export type DbtDrafted = Drafted<DbtDraft>;
