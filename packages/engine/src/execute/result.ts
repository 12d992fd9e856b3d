import { displayTableName, type Judgement } from '@aegis/rules';
import { isAegisError, type ResultError, type Row, type Rule, type RuleResult } from '@aegis/spec';

/** What it cost and where it ran. */
export interface ResultContext {
  readonly warehouse: string;
  readonly consistency: string;
  readonly columns: readonly string[];
  readonly statements: number;
  readonly durationMs: number;
  readonly bytesScanned: number | null;
}

/** The result of a rule that was judged. */
export const judgedResult = (
  rule: Rule,
  judgement: Judgement,
  sample: readonly Row[],
  notes: readonly string[],
  context: ResultContext,
): RuleResult => ({
  ...blankResult(rule, context),
  outcome: judgement.outcome,
  rows_checked: judgement.rowsChecked,
  rows_failed: judgement.rowsFailed,
  unit: judgement.unit,
  failed_percent: judgement.failedPercent,
  failed_by: judgement.failedBy ?? null,
  rows_sampled: judgement.rowsSampled ?? null,
  observed: judgement.observed,
  expected: judgement.expected,
  sample,
  notes: [...(judgement.notes ?? []), ...notes],
});

/** The result of a rule that could not be judged: `error`, never `fail`. */
export const errorResult = (rule: Rule, error: unknown, context: ResultContext): RuleResult => ({
  ...blankResult(rule, context),
  outcome: 'error',
  error: resultErrorOf(error),
});

export const resultErrorOf = (error: unknown): ResultError => {
  if (isAegisError(error)) return { code: error.code, message: error.message, hint: error.hint ?? null };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'plan/internal', message, hint: 'This is a defect in Aegis or in an adapter; please report it.' };
};

const blankResult = (rule: Rule, context: ResultContext): RuleResult => ({
  rule_id: rule.id,
  rule_type: rule.type,
  description: rule.description ?? null,
  owner: rule.owner ?? null,
  tags: rule.tags,
  table: displayTableName(rule.scope.table),
  columns: context.columns,
  outcome: 'error',
  severity: rule.severity,
  effective_severity: rule.severity,
  escalated: false,
  model_severity: null,
  rows_checked: null,
  rows_failed: null,
  unit: 'table',
  failed_percent: null,
  failed_by: null,
  rows_sampled: null,
  observed: {},
  expected: {},
  sample: [],
  notes: [],
  error: null,
  duration_ms: context.durationMs,
  statements: context.statements,
  bytes_scanned: context.bytesScanned,
  consistency: context.consistency,
  warehouse: context.warehouse,
  location: rule.location ?? null,
  diagnosis: null,
  root_cause: null,
  remediation: null,
});
