import { errorResult } from '@aegis/engine';
import { displayTableName } from '@aegis/rules';
import {
  type ReconciliationPair,
  type Report,
  type ReportSummary,
  type Rule,
  type RuleResult,
  type Severity,
  WarehouseError,
} from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { RunState } from '../run-state.js';

export interface ReportContext {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly rulesFiles: readonly string[];
  readonly warehouses: readonly string[];
  readonly status: Report['status'];
}

/** The report of a run from what its steps left. Results stand in rule-file order. */
export const buildReport = (state: RunState, ports: RunPorts, context: ReportContext): Report => {
  const results = orderedResults(state, ports);
  const usage = ports.narrator?.usage();
  return {
    schema: 'aegis.dev/report/v1',
    run_id: ports.runId,
    status: context.status,
    started_at: context.startedAt.toISOString(),
    finished_at: context.finishedAt.toISOString(),
    duration_ms: context.finishedAt.getTime() - context.startedAt.getTime(),
    now: ports.options.now,
    rules_files: context.rulesFiles,
    warehouses: context.warehouses,
    llm: ports.narrator ? { provider: ports.narrator.provider, model: ports.narrator.model } : null,
    summary: {
      ...countOutcomes(results),
      queries: totalOf(state, ({ statements }) => statements) ?? 0,
      bytes_scanned: totalOf(state, ({ bytesScanned }) => bytesScanned),
      llm_calls: usage?.calls ?? 0,
      input_tokens: usage?.inputTokens ?? 0,
      output_tokens: usage?.outputTokens ?? 0,
      cost_usd: usage ? usage.costUsd : 0,
    },
    results,
    reconciliation: reconciliationOf(results, ports),
    notes: [...skippedNote(ports), ...ports.journal.notes],
  };
};

const orderedResults = (state: RunState, { plan, rules, results }: RunPorts): readonly RuleResult[] => {
  const found = new Map(
    Object.values(state.outcomes).flatMap((outcome) => outcome.results.map((each) => [each.rule_id, each])),
  );
  const skipped = new Set(plan.skipped.map(({ ruleId }) => ruleId));
  return [...rules.values()]
    .filter(({ id }) => !skipped.has(id))
    .map((rule) => results.get(rule.id) ?? found.get(rule.id) ?? notReached(rule));
};

/** No rule is dropped: one that the run did not come to says so. */
const notReached = (rule: Rule): RuleResult =>
  errorResult(rule, new WarehouseError('cancelled', 'the run ended before this rule was judged'), {
    warehouse: rule.scope.warehouse ?? '',
    consistency: 'per statement',
    columns: [],
    statements: 0,
    durationMs: 0,
    bytesScanned: 0,
  });

type Outcomes = RunState['outcomes'][string];

const totalOf = (state: RunState, part: (outcome: Outcomes) => number | null): number | null => {
  const parts = Object.values(state.outcomes).map(part);
  return parts.includes(null) ? null : parts.reduce<number>((sum, value) => sum + (value ?? 0), 0);
};

const countOutcomes = (
  results: readonly RuleResult[],
): Pick<
  ReportSummary,
  'total_rules' | 'passed' | 'warned' | 'failed' | 'errored' | 'not_applicable' | 'pass_rate' | 'severity_breakdown'
> => {
  const count = (outcome: RuleResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const [passed, warned, failed] = [count('pass'), count('warn'), count('fail')];
  const judged = passed + warned + failed;
  return {
    total_rules: results.length,
    passed,
    warned,
    failed,
    errored: count('error'),
    not_applicable: count('not_applicable'),
    pass_rate: judged === 0 ? null : Math.round(((passed + warned) * 10_000) / judged) / 100,
    severity_breakdown: breakdown(results),
  };
};

const breakdown = (results: readonly RuleResult[]): { readonly [severity in Severity]: number } => {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { outcome, effective_severity } of results) if (outcome === 'fail') counts[effective_severity] += 1;
  return counts;
};

const reconciliationOf = (results: readonly RuleResult[], { plan }: RunPorts): Report['reconciliation'] => {
  const byId = new Map(results.map((result) => [result.rule_id, result]));
  const details = plan.reconcile.flatMap((rule): readonly ReconciliationPair[] => {
    const result = byId.get(rule.id);
    return result ? [pairOf(rule, result)] : [];
  });
  const count = (...wanted: readonly string[]) => details.filter(({ outcome }) => wanted.includes(outcome)).length;
  return {
    pairs_checked: details.length,
    pairs_passed: count('pass', 'warn'),
    pairs_failed: count('fail'),
    details,
  };
};

const pairOf = (rule: Rule, { outcome, observed }: RuleResult): ReconciliationPair => ({
  rule_id: rule.id,
  source: String(rule.params.source_table),
  target: displayTableName(rule.scope.table),
  outcome,
  observed,
});

const skippedNote = ({ plan: { skipped } }: RunPorts): readonly string[] => {
  if (skipped.length === 0) return [];
  const listed = skipped.slice(0, 10).map(({ ruleId, reason }) => `${ruleId} (${reason})`);
  return [`Not run: ${listed.join(', ')}${skipped.length > 10 ? `, and ${skipped.length - 10} more` : ''}`];
};
