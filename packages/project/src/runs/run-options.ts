import type { RuleType } from '@aegis/rules';
import type { Rule, Severity } from '@aegis/spec';
import type { LoadProjectOptions } from '../config/project.js';
import type { SamplePolicy } from '../config/sample-policies.js';
import type { HistoryFlags } from '../history/open-history.js';
import type { NotifyFlags } from '../notify/notify.js';
import type { ModelFlags } from '../ports/choose-model.js';
import type { LineageFlags } from '../ports/lineage.js';
import type { EventFlags } from '../ports/run-events.js';
import type { ReportFormat } from '../reports/report-formats.js';
import type { WarehouseFlags } from '../warehouses/warehouse-names.js';

/** Rules that are in no file of rules, e.g. those that a contract stands for. */
export interface GivenRules {
  readonly rules: readonly Rule[];
  /** The files that they come from, as messages name them. */
  readonly files: readonly string[];
  /** Types that they are of besides the built-in ones. */
  readonly types: readonly RuleType[];
}

/** Which rules, and where they run. */
export interface RuleSetOptions extends WarehouseFlags, LoadProjectOptions {
  /** Rules files and folders of them, relative to the working directory. */
  readonly rules: readonly string[];
  /** Instead of `rules`. */
  readonly given?: GivenRules | undefined;
  /** Ids, tags or tables; a rule that any of them names is kept. Default: all rules. */
  readonly select?: readonly string[] | undefined;
  /** One more condition on the rows of every rule, in the SQL of its warehouse. */
  readonly where?: string | undefined;
}

export interface PlanOptions extends RuleSetOptions {
  readonly includeDrafts?: boolean | undefined;
  /** ISO 8601 instant that date rules are judged by. Default: now. */
  readonly now?: string | undefined;
  /** Per statement. Default: none. */
  readonly timeoutMs?: number | undefined;
}

export interface RunOptions extends PlanOptions, ModelFlags, LineageFlags, EventFlags, NotifyFlags, HistoryFlags {
  /** Tables at once. Default 4. */
  readonly concurrency?: number | undefined;
  readonly maxBytes?: number | undefined;
  /** Most sample rows for a failing rule. Default 5. */
  readonly sampleRows?: number | undefined;
  /** Default: `redaction.samples` in aegis.yaml, else `redacted`. */
  readonly samples?: SamplePolicy | undefined;
  /** Id, or a unique beginning of it, of a run to continue. */
  readonly resume?: string | undefined;
  /** Failures below this effective severity do not make the run fail. Default: every failure does. */
  readonly failOn?: Severity | undefined;
  /** Files to write the report to. */
  readonly outputs?: readonly ReportOutput[] | undefined;
}

export interface ReportOutput {
  /** Relative to the working directory. */
  readonly path: string;
  readonly format: ReportFormat;
}
