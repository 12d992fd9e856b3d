import type { PlannedTable, SqlGuard } from '@aegis/engine';
import type { RuleTypeRegistry } from '@aegis/rules';
import type {
  AuditPort,
  CheckpointStore,
  Dialect,
  History,
  Lineage,
  Narrator,
  Report,
  Rule,
  RuleResult,
  RunEvent,
  Warehouse,
} from '@aegis/spec';

export interface SeverityPolicy {
  /** Severity rises one step when more than this percent of rows fail. Default 5. */
  readonly escalateAbovePercent: number;
  /** Severity rises one step when at least this many downstream datasets exist. Default 5. */
  readonly blastRadius: number;
}

/** Whether and how tables that are judged as a whole, and sources of tables, are profiled, for the day that something fails. */
export interface BaselinePolicy {
  /**
   * `auto`: where a scan costs no money, which the dialect says. Either way a history and an audit trail are needed, and lineage
   * for sources. Default `auto`.
   */
  readonly mode: 'auto' | 'on' | 'off';
  /** Whether values of a column, or one of them, may be kept as labels. Default: all. */
  readonly mayKeep: (column: string, value?: string) => boolean;
  /** A table that takes longer to read is left alone for a week. Default 60,000. */
  readonly timeoutMs: number;
}

/** The guard as the pipeline needs it; `@aegis/sql/guard` provides it. */
export interface PipelineGuard extends SqlGuard {
  /** One statement that changes rows of `target`, as it may be shown to people. @throws GuardError */
  fix?(
    sql: string,
    dialect: Dialect,
    restore?: (text: string, encode: (value: string) => string) => string,
  ): { readonly sql: string; readonly target: readonly string[] };
}

export interface PipelineOptions {
  readonly rules: readonly Rule[];
  /** By configured name. Opened when first needed; closing them is the caller's job. */
  readonly warehouses: { readonly [name: string]: Warehouse };
  /** The warehouse of rules that name none. */
  readonly defaultWarehouse: string;
  /** Default: a new sortable id. */
  readonly runId?: string | undefined;
  /** ISO 8601 instant. Default: the time of the call. */
  readonly now?: string | undefined;
  /** IANA zone. Default `UTC`. */
  readonly timezone?: string | undefined;
  /** Default `default`. */
  readonly project?: string | undefined;
  readonly rulesFiles?: readonly string[] | undefined;
  readonly includeDrafts?: boolean | undefined;
  /** Tables at once. Default 4. */
  readonly concurrency?: number | undefined;
  /** Default 5. */
  readonly sampleRows?: number | undefined;
  /** Per statement. Default: none. */
  readonly timeoutMs?: number | undefined;
  /** Refuses to start when the plan's estimate is above. Needs a warehouse that estimates. */
  readonly maxBytes?: number | undefined;
  readonly severity?: Partial<SeverityPolicy> | undefined;
  readonly baseline?: Partial<BaselinePolicy> | undefined;
  readonly history?: History | undefined;
  readonly audit?: AuditPort | undefined;
  readonly checkpoints?: CheckpointStore | undefined;
  readonly lineage?: Lineage | undefined;
  readonly narrator?: Narrator | undefined;
  /** Loads the guard for SQL that users and models wrote; without it such rules end in `error`, and no fix is proposed. */
  readonly loadGuard?: (() => Promise<PipelineGuard>) | undefined;
  /** Default: the built-in rule types. */
  readonly types?: RuleTypeRegistry | undefined;
  /** What may be written to checkpoints of a result, and what fixes are proposed from. Default: the result without its sample. */
  readonly redact?: ((result: RuleResult) => RuleResult) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Continue the run `runId` from its checkpoint. @throws PlanError `resume-mismatch` */
  readonly resume?: boolean | undefined;
}

export interface Pipeline {
  readonly runId: string;
  /** What a run would send. Describes tables; scans nothing. */
  plan(): Promise<readonly PlannedTable[]>;
  /** Runs once; the last event is `run_finished`. Leaving the loop cancels the run. */
  stream(): AsyncIterable<RunEvent>;
  /** Runs to the end and gives the report. */
  run(): Promise<Report>;
}
