import type { RuleResult } from '@aegis/spec';

/** What is kept of one finished table or reconciliation: redacted results, and what they cost. */
export interface FinishedTask {
  readonly results: readonly RuleResult[];
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
