import { describeCount } from '@aegis/report';
import type { Report, ReportSummary, Rule, RuleResult, Severity } from '@aegis/spec';
import type { NotifyOccasion } from './notify-occasions.js';

/** One result as others are told of it: figures and names, no values of rows. */
export interface NotifiedResult {
  readonly rule_id: string;
  readonly rule_type: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly outcome: RuleResult['outcome'];
  readonly severity: Severity;
  readonly owner: string | null;
  readonly rows_checked: number | null;
  readonly rows_failed: number | null;
  readonly unit: RuleResult['unit'];
  readonly failed_percent: number | null;
  /** E.g. `1,204 of 50,000 rows failed`. */
  readonly summary: string;
  readonly error_code: string | null;
  readonly root_cause: { readonly dataset: string; readonly column: string | null; readonly kind: string } | null;
}

/** What one place is told of a run. The body of a webhook. */
export interface Notification {
  readonly schema: 'aegis.dev/notification/v1';
  readonly project: string;
  readonly run_id: string;
  readonly status: Report['status'];
  readonly started_at: string;
  readonly finished_at: string;
  /** Of the whole run. */
  readonly summary: ReportSummary;
  /** Those that failed, warn or could not be judged and that this place is told of, the worst first. */
  readonly results: readonly NotifiedResult[];
}

const severityOrder: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
const outcomeOrder: readonly RuleResult['outcome'][] = ['fail', 'error', 'warn'];

export const isNotable = ({ outcome }: RuleResult): boolean => outcomeOrder.includes(outcome);

/** Whether a run is told at all. */
export const isOccasion = (occasion: NotifyOccasion, { results, status }: Report): boolean => {
  if (occasion === 'all') return true;
  const isCritical = ({ outcome, effective_severity: severity }: RuleResult) =>
    outcome === 'fail' && severity === 'critical';
  if (occasion === 'critical') return results.some(isCritical);
  return status !== 'completed' || results.some(({ outcome }) => outcome === 'fail' || outcome === 'error');
};

export const notificationOf = (report: Report, results: readonly RuleResult[], project: string): Notification => ({
  schema: 'aegis.dev/notification/v1',
  project,
  run_id: report.run_id,
  status: report.status,
  started_at: report.started_at,
  finished_at: report.finished_at,
  summary: report.summary,
  results: results.toSorted(worstFirst).map(notified),
});

const worstFirst = (a: RuleResult, b: RuleResult): number =>
  outcomeOrder.indexOf(a.outcome) - outcomeOrder.indexOf(b.outcome) ||
  severityOrder.indexOf(a.effective_severity) - severityOrder.indexOf(b.effective_severity);

const notified = (result: RuleResult): NotifiedResult => ({
  rule_id: result.rule_id,
  rule_type: result.rule_type,
  table: result.table,
  columns: result.columns,
  outcome: result.outcome,
  severity: result.effective_severity,
  owner: result.owner,
  rows_checked: result.rows_checked,
  rows_failed: result.rows_failed,
  unit: result.unit,
  failed_percent: result.failed_percent,
  summary: result.error
    ? `could not be judged: ${result.error.code}`
    : (describeCount(result) ?? `outcome: ${result.outcome}`),
  error_code: result.error?.code ?? null,
  root_cause: causeOf(result),
});

/** Kinds and names; the evidence may hold values. */
const causeOf = ({ root_cause: cause }: RuleResult): NotifiedResult['root_cause'] =>
  cause === null || cause.kind === 'unknown'
    ? null
    : { dataset: cause.dataset, column: cause.column, kind: cause.kind };

/** The name of the target that a rule's results go to, as aegis.yaml calls it. */
export const targetNameOf = ({ notificationTarget }: Pick<Rule, 'notificationTarget'>): string | undefined =>
  notificationTarget?.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^#/, '');
