import { errorResult } from '@aegis/engine';
import { reconciliationOf, summarize } from '@aegis/report';
import { type Report, type Rule, type RuleResult, WarehouseError } from '@aegis/spec';
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
  const { spent } = ports.ledger;
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
    summary: summarize(results, {
      queries: totalOf(state, ({ statements }) => statements) ?? 0,
      bytes_scanned: totalOf(state, ({ bytesScanned }) => bytesScanned),
      llm_calls: spent.calls,
      input_tokens: spent.inputTokens,
      output_tokens: spent.outputTokens,
      cost_usd: spent.costUsd,
    }),
    results,
    reconciliation: reconciliationOf(results, sourcesOf(ports)),
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

/** The source table of every rule that compares two tables. */
const sourcesOf = ({ plan }: RunPorts): ReadonlyMap<string, string> =>
  new Map(plan.reconcile.map(({ id, params }) => [id, String(params.source_table)]));

const skippedNote = ({ plan: { skipped } }: RunPorts): readonly string[] => {
  if (skipped.length === 0) return [];
  const listed = skipped.slice(0, 10).map(({ ruleId, reason }) => `${ruleId} (${reason})`);
  return [`Not run: ${listed.join(', ')}${skipped.length > 10 ? `, and ${skipped.length - 10} more` : ''}`];
};
