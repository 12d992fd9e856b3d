import type { RuleResult } from '@aegis/spec';
import { compareReports } from '../compare/compare-reports.js';
import { hostileResult } from './hostile-result.js';
import { reportOf } from './report-of.js';
import { emptyReport, richReport } from './rich-report.js';
import { ruleResult } from './rule-result.js';

const cause = { dataset: 'raw.orders', column: null, operation: null, kind: 'missing_rows', path: [], evidence: [] };

const earlier: readonly RuleResult[] = [
  ruleResult({ rule_id: 'orders_customer_known' }),
  ruleResult({ rule_id: 'orders_phone_filled', outcome: 'fail', rows_failed: 25, root_cause: cause }),
  ruleResult({ rule_id: 'orders_fresh', outcome: 'fail', unit: 'table', rows_failed: 1, table: 'orders_raw' }),
  ruleResult({ rule_id: 'orders_id_present', outcome: 'fail', rows_failed: 3 }),
  ruleResult({ rule_id: 'refunds_reason_known', table: 'refunds' }),
  ruleResult({ ...hostileResult, rule_id: `${hostileResult.rule_id} gone` }),
];

const before = reportOf(earlier, {
  run_id: '01JHZ8Q4T000',
  status: 'cancelled',
  started_at: '2026-01-14T12:00:00.000Z',
});

/** Every kind of change, with names and values that try to break out. */
export const richComparison = compareReports(before, richReport);

export const emptyComparison = compareReports(richReport, emptyReport);

export const calmComparison = compareReports(reportOf([ruleResult()]), reportOf([ruleResult()]));
