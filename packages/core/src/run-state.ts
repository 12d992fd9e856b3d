import type { ProposedFix } from '@aegis/engine';
import type { FailureContext, RuleResult } from '@aegis/spec';

/** What is known of a failure beside its result, until a fix was proposed for it. */
export interface SeenFailure {
  /** For the model; `null` without one. */
  readonly context: FailureContext | null;
  /** What the rule type itself proposes. */
  readonly fix: ProposedFix | null;
}

/** What is kept of one finished table or reconciliation: redacted results, and what they cost. */
export interface FinishedTask {
  readonly results: readonly RuleResult[];
  /** By rule id; rows are redacted like those of results. */
  readonly failures: { readonly [ruleId: string]: SeenFailure };
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/** The state of a run between its steps, as checkpoints hold it: no raw rows. */
export interface RunState {
  /** By table task id; reconcile rules under `reconcile:<rule id>`. */
  readonly outcomes: { readonly [taskId: string]: FinishedTask };
}

/** The state of one table while its steps run. It is never stored. */
export interface TableState {
  readonly taskId: string;
  readonly results: readonly RuleResult[];
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/** Joins what tables finished, in whatever order they did; a task that finished again replaces itself. */
export const mergeOutcomes = (left: RunState['outcomes'], right: RunState['outcomes']): RunState['outcomes'] => ({
  ...left,
  ...right,
});
