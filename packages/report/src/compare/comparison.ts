import type { Report, ReportSummary, RootCause, RuleResult } from '@aegis/spec';

/** In the order in which they are told: what asks for attention first. */
export const changeKinds = [
  'newly_failing',
  'newly_errored',
  'still_failing',
  'still_errored',
  'fixed',
  'outcome_changed',
  'added',
  'removed',
  'altered',
] as const;

/**
 * What became of a rule. `fixed` failed before and passes or warns now; `outcome_changed` is any other change of outcome;
 * `altered` kept its outcome and changed otherwise.
 */
export type ChangeKind = (typeof changeKinds)[number];

/** In what a rule of both runs may differ. */
export type ChangedAspect = 'outcome' | 'rows_failed' | 'severity' | 'root_cause' | 'table' | 'rule_type' | 'warehouse';

/** One of the two runs. */
export type ComparedRun = Pick<Report, 'run_id' | 'status' | 'started_at' | 'rules_files' | 'warehouses'>;

/** Where a failure enters, without its evidence. */
export type ComparedCause = Pick<RootCause, 'dataset' | 'column' | 'operation' | 'kind'>;

/** What one run says about a rule. */
export interface RuleState
  extends Pick<
    RuleResult,
    | 'rule_type'
    | 'table'
    | 'columns'
    | 'warehouse'
    | 'outcome'
    | 'severity'
    | 'effective_severity'
    | 'rows_failed'
    | 'unit'
    | 'failed_percent'
    | 'location'
  > {
  /** The result in one sentence, as `describeResult` gives it. */
  readonly finding: string;
  readonly root_cause: ComparedCause | null;
}

/** A rule that is not as it was. Rules are the same when their ids are. */
export interface RuleChange {
  readonly rule_id: string;
  readonly kind: ChangeKind;
  /** Empty for rules of one run only, and where a failure stayed exactly as it was. */
  readonly changed: readonly ChangedAspect[];
  /** After minus before; `null` where one of them is unknown, or where they count different units. */
  readonly rows_failed_delta: number | null;
  /** `null` for a rule that was added. */
  readonly before: RuleState | null;
  /** `null` for a rule that was removed. */
  readonly after: RuleState | null;
}

/** A figure of both summaries. */
export interface FigureChange {
  readonly before: number | null;
  readonly after: number | null;
  /** After minus before; `null` where one of them is unknown. */
  readonly delta: number | null;
}

/** The figures of a summary that are compared, and how long the runs took. */
export type ComparedFigure =
  | Exclude<keyof ReportSummary, 'severity_breakdown' | 'llm_calls' | 'input_tokens' | 'output_tokens'>
  | 'duration_ms';

/** How one run differs from another, as JSON-safe data. */
export interface ReportComparison {
  readonly schema: 'aegis.dev/comparison/v1';
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly summary: { readonly [figure in ComparedFigure]: FigureChange };
  /** How many rules became what; `unchanged` are those without an entry in `changes`. */
  readonly counts: { readonly [kind in ChangeKind | 'unchanged']: number };
  /** By kind in the order of {@link changeKinds}, the gravest first. */
  readonly changes: readonly RuleChange[];
  /** What makes the two runs less comparable, e.g. that one was cancelled. */
  readonly notes: readonly string[];
}
