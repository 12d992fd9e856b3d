import type { RuleResult } from './result.js';
import type { Severity } from './rule.js';

export interface ReportSummary {
  /** passed + warned + failed + errored + not_applicable. */
  readonly total_rules: number;
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly errored: number;
  readonly not_applicable: number;
  /** (passed + warned) / (passed + warned + failed), in percent; `null` when nothing was judged. */
  readonly pass_rate: number | null;
  /** Failed rules by effective severity. */
  readonly severity_breakdown: { readonly [severity in Severity]: number };
  readonly queries: number;
  /** `null` where a warehouse does not say. */
  readonly bytes_scanned: number | null;
  readonly llm_calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** `null` when a price is unknown; 0 without a model. */
  readonly cost_usd: number | null;
}

export interface ReconciliationPair {
  readonly rule_id: string;
  readonly source: string;
  readonly target: string;
  readonly outcome: RuleResult['outcome'];
  readonly observed: RuleResult['observed'];
}

/** The report of one run, `aegis.dev/report/v1`: what `--output-json` writes and the audit trail stores. */
export interface Report {
  readonly schema: 'aegis.dev/report/v1';
  readonly run_id: string;
  readonly status: 'completed' | 'cancelled' | 'incomplete';
  /** ISO 8601, UTC. */
  readonly started_at: string;
  readonly finished_at: string;
  readonly duration_ms: number;
  /** The clock that date rules were judged by. */
  readonly now: string;
  readonly rules_files: readonly string[];
  readonly warehouses: readonly string[];
  readonly llm: { readonly provider: string; readonly model: string } | null;
  readonly summary: ReportSummary;
  /** Every rule, passed ones too, in rule-file order. */
  readonly results: readonly RuleResult[];
  readonly reconciliation: {
    readonly pairs_checked: number;
    readonly pairs_passed: number;
    readonly pairs_failed: number;
    readonly details: readonly ReconciliationPair[];
  };
  /** What the reader should know about the run as a whole, e.g. that the history could not be written. */
  readonly notes: readonly string[];
  /**
   * SHA-256 at the end of the audit trail's hash chain after this run was written to it: what `aegis audit verify --head`
   * takes. Absent where nothing was recorded, and in the stored report, which cannot hold a hash of itself.
   */
  readonly audit_head?: string | undefined;
}
