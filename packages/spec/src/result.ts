import type { JsonObject, JsonValue, Row } from './json.js';
import type { SourceLocation } from './location.js';
import type { Severity } from './rule.js';

export const outcomes = ['pass', 'warn', 'fail', 'error', 'not_applicable'] as const;
/** `error` means that the rule could not be judged: it is never a `fail`. */
export type Outcome = (typeof outcomes)[number];

/** What `rows_failed` counts. `table` is 0 or 1 for the table as a whole. */
export type Unit = 'rows' | 'keys' | 'values' | 'table';

export interface FailedBy {
  readonly rows: number | null;
  readonly keys: number | null;
  readonly values: number | null;
}

/** One thing found out about a failure, with the SQL that shows it again. */
export interface Evidence {
  /** Unique within the rule's result, e.g. `e1`; claims cite it. */
  readonly id: string;
  readonly kind: string;
  readonly sentence: string;
  readonly numbers: JsonObject;
  readonly sql?: string | undefined;
}

export interface Diagnosis {
  readonly explanation: string;
  readonly likely_cause: string | null;
  readonly recommended_action: string | null;
  readonly evidence: readonly Evidence[];
}

export interface RootCause {
  readonly dataset: string;
  readonly column: string | null;
  readonly operation: string | null;
  readonly kind: string;
  /** From the failing table to where the failure enters. */
  readonly path: readonly string[];
  readonly evidence: readonly Evidence[];
  /** How well the evidence supports it; absent in reports of earlier versions. */
  readonly confidence?: 'high' | 'medium' | 'low' | undefined;
  /** A model's words about it, each claim with the ids of its facts; `null` or absent without a model. */
  readonly explanation?: string | null | undefined;
}

export interface Verification {
  readonly status: 'verified' | 'refuted' | 'not_run';
  readonly reason: string;
  readonly [detail: string]: JsonValue;
}

export interface Remediation {
  readonly proposed_sql: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly caveat: string;
  readonly source: 'model' | 'template';
  readonly verification: Verification;
}

export interface ResultError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** The result of one rule, in the wire form of the report: snake_case, JSON-safe. */
export interface RuleResult {
  readonly rule_id: string;
  readonly rule_type: string;
  readonly description: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  /** As the rule names it. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly effective_severity: Severity;
  readonly escalated: boolean;
  readonly model_severity: Severity | null;
  readonly rows_checked: number | null;
  readonly rows_failed: number | null;
  readonly unit: Unit;
  /** 0 to 100, for display; judged exactly elsewhere. `null` for unit `table` and for an empty scope. */
  readonly failed_percent: number | null;
  readonly failed_by: FailedBy | null;
  readonly rows_sampled: number | null;
  readonly observed: JsonObject;
  readonly expected: JsonObject;
  readonly sample: readonly Row[];
  readonly notes: readonly string[];
  readonly error: ResultError | null;
  readonly duration_ms: number;
  /** This rule's statements; one shared by several rules counts as a share, so that the sum over all rules is the total. */
  readonly statements: number;
  readonly bytes_scanned: number | null;
  /** How the statements behind this result were kept on one state, e.g. `read transaction`; `per statement` where they were not. */
  readonly consistency: string;
  readonly warehouse: string;
  readonly location: SourceLocation | null;
  readonly diagnosis: Diagnosis | null;
  readonly root_cause: RootCause | null;
  readonly remediation: Remediation | null;
}
