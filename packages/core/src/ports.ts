import type { ExecuteOptions, RunPlan, TaskOutcome } from '@aegis/engine';
import type {
  AuditPort,
  DecisionRecord,
  Lineage,
  Narrator,
  Rule,
  RuleResult,
  RunEvent,
  StepRecord,
  TableDescription,
  Warehouse,
} from '@aegis/spec';
import type { ModelLedger } from './narration/ledger.js';
import type { BaselinePolicy, PipelineGuard, SeverityPolicy } from './pipeline-types.js';
import type { FinishedTask, SeenFailure } from './run-state.js';

/** Everything that the steps of one run reach outside themselves. */
export interface RunPorts {
  readonly runId: string;
  readonly plan: RunPlan;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly severity: SeverityPolicy;
  readonly baseline: BaselinePolicy;
  readonly options: ExecuteOptions;
  /** Runs a table once, however often it is asked for. */
  readonly executeTable: (taskId: string) => Promise<TaskOutcome>;
  /** What a table measured, where this process started it; `undefined` where an earlier one did. */
  readonly startedTable: (taskId: string) => Promise<TaskOutcome> | undefined;
  readonly executeReconcile: (rule: Rule) => Promise<TaskOutcome>;
  /** Runs work when there is room beside the tables that are being measured. */
  readonly limited: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly warehouseOf: (rule: Rule) => Warehouse;
  /** The rule's own table. @throws PlanError `missing-table` */
  readonly describe: (rule: Rule) => Promise<TableDescription>;
  readonly loadGuard: () => Promise<PipelineGuard>;
  readonly lineage: Lineage | undefined;
  readonly narrator: Narrator | undefined;
  readonly ledger: ModelLedger;
  readonly journal: Journal;
  readonly redact: (result: RuleResult) => RuleResult;
  /** Whole results of this process, by rule id; checkpoints hold redacted ones. */
  readonly results: Map<string, RuleResult>;
  /** What this process saw of failures beside their results, by rule id. */
  readonly failures: Map<string, SeenFailure>;
  /** What this process finished, by task id, also when the run was cut short. */
  readonly finished: Map<string, FinishedTask>;
  readonly emit: (event: RunEvent) => void;
}

/** The audit trail as the steps see it: writing never fails them. */
export interface Journal extends Pick<AuditPort, 'recordMeasurements'> {
  recordStep(step: StepRecord): Promise<void>;
  recordDecision(decision: DecisionRecord): Promise<void>;
  /** What the trail holds of the run; `undefined` where it cannot say. */
  decisions(): Promise<readonly DecisionRecord[] | undefined>;
  /** Whether there is a trail that later runs could read. */
  readonly isKept: boolean;
  note(message: string): void;
  readonly notes: readonly string[];
}
