import type { FixTemplate, RuleTypeRegistry } from '@aegis/rules';
import type {
  Dialect,
  History,
  Measurement,
  Row,
  Rule,
  RuleResult,
  RunEvent,
  UserSqlExpression,
  Warehouse,
} from '@aegis/spec';
import type { Catalog } from './plan/catalog.js';
import type { BucketLimits } from './reconcile/across/limits.js';

/** The guard as the engine needs it: `@aegis/sql/guard` provides it, and it is loaded only when a rule holds user SQL. */
export interface SqlGuard {
  /** One boolean expression over one relation. @throws GuardError */
  expression(sql: string, dialect: Dialect): UserSqlExpression;
  /**
   * One SELECT. `{table}` stands for a relation named {@link scopePlaceholder} in the answer's text.
   * @throws GuardError
   */
  query(sql: string, dialect: Dialect): { readonly sql: string; readonly usesScope: boolean };
}

/** The rules of one table of one warehouse: what runs together and shares scans. Serialisable. */
export interface TableTask {
  /** Unique within the run: `warehouse:table`. */
  readonly id: string;
  /** The configured name of the warehouse. */
  readonly warehouse: string;
  /** As the rules name it, for people. */
  readonly table: string;
  /** In rule-file order. */
  readonly rules: readonly Rule[];
}

/** Which rules run where. Made without touching a warehouse. */
export interface RunPlan {
  readonly tables: readonly TableTask[];
  /** Rules that compare two relations; they run after the tables. */
  readonly reconcile: readonly Rule[];
  /** Rules left out, with the reason: deprecated ones, drafts. */
  readonly skipped: readonly { readonly ruleId: string; readonly reason: string }[];
}

export interface ExecuteOptions {
  readonly types: RuleTypeRegistry;
  /** Descriptions shared by the tasks of one warehouse, so that a table is described once a run. Default: not shared. */
  readonly catalogs?: ((warehouse: string) => Catalog) | undefined;
  readonly runId: string;
  /** The run's clock, ISO 8601 ending in `Z`. */
  readonly now: string;
  /** IANA zone. */
  readonly timezone: string;
  /** Keys measurements: the same rule id in two projects is two histories. */
  readonly project: string;
  /** Most sample rows for a failing rule; 0 asks for none. */
  readonly sampleRows: number;
  /** Most rows that satisfy a failing rule, read beside its sample for whoever explains the failure. Default: none. */
  readonly passingRows?: number | undefined;
  /** Per statement. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly history?: History | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** How rows are parted and fetched when two warehouses are compared. Default: measured figures. */
  readonly bucketLimits?: Partial<BucketLimits> | undefined;
  /** Loads the guard; called at most once, and only when a rule holds user SQL. */
  readonly loadGuard: () => Promise<SqlGuard>;
}

export interface TaskOutcome {
  /** One per rule of the task, in its order; `effective_severity` is still the declared one. */
  readonly results: readonly RuleResult[];
  readonly measurements: readonly Measurement[];
  /** Statements sent, transaction control aside. */
  readonly statements: number;
  /** `null` where the warehouse does not say. */
  readonly bytesScanned: number | null;
  /** By rule id, for rules that did not hold. */
  readonly shown: { readonly [ruleId: string]: ShownFailure };
}

/** What was seen of a failure beside its result. */
export interface ShownFailure {
  /** The statements sent for the rule, in the order of their answers. */
  readonly statements: readonly string[];
  /** Empty unless asked for with {@link ExecuteOptions.passingRows}, and where the type cannot tell its rows apart. */
  readonly passing: readonly Row[];
  /** What the rule's type proposes without a model; `null` for most. */
  readonly fix: ProposedFix | null;
}

/** A statement for people to judge and run; nobody runs it here. */
export interface ProposedFix {
  readonly sql: string;
  readonly confidence: FixTemplate['confidence'];
  readonly caveat: string;
}

/** Both sides of a reconcile rule, which may be one warehouse. */
export interface ReconcileSides {
  readonly target: Warehouse;
  readonly source: Warehouse;
}

/** One statement that a run would send, for `aegis plan`. */
export interface PlannedStatement {
  readonly purpose:
    | 'describe'
    | 'statistics'
    | 'fused'
    | 'alone'
    | 'keys'
    | 'reference'
    | 'query'
    | 'sample'
    | 'compare';
  readonly sql: string;
  /** The other warehouse of a reconciliation, where it is asked there. */
  readonly warehouse?: string | undefined;
  /** None of a description and of statistics, which are for all rules of the table. */
  readonly ruleIds: readonly string[];
  /** Asked only if something before it says so, e.g. an exact key count after an undecided hash count. */
  readonly conditional: boolean;
  readonly bytes?: number | undefined;
  readonly costUsd?: number | undefined;
}

export interface PlannedTable {
  readonly task: TableTask;
  readonly statements: readonly PlannedStatement[];
  /** Rules that exact statistics answer without a scan. */
  readonly fromStatistics: readonly string[];
  /** Rules that are already known to end in `error`, with the message. */
  readonly errors: readonly {
    readonly ruleId: string;
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
  }[];
}
