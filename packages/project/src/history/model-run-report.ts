import { summarize } from '@aegis/report';
import type { ModelSpend, Report, RuleResult } from '@aegis/spec';

export interface ReportParts {
  readonly runId: string;
  readonly status: Report['status'];
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly now: string;
  /** The file that was written. */
  readonly output: string | undefined;
  readonly warehouse: string;
  readonly llm: Report['llm'];
  /** Of the rules that were drafted, each tried on the data; none of a question. */
  readonly results: readonly RuleResult[];
  readonly statements: number;
  readonly bytesScanned: number | null;
  readonly spent: ModelSpend | null;
  readonly notes: readonly string[];
}

/** What the audit trail keeps of a run that is no run of rules: what came of it, and what it cost. Of a drafting, the results are those of the rules' trial. */
export const modelRunReport = (parts: ReportParts): Report => ({
  schema: 'aegis.dev/report/v1',
  run_id: parts.runId,
  status: parts.status,
  started_at: parts.startedAt.toISOString(),
  finished_at: parts.finishedAt.toISOString(),
  duration_ms: Math.max(0, parts.finishedAt.getTime() - parts.startedAt.getTime()),
  now: parts.now,
  rules_files: parts.output === undefined ? [] : [parts.output],
  warehouses: [parts.warehouse],
  llm: parts.llm,
  summary: summarize(parts.results, {
    queries: parts.statements,
    bytes_scanned: parts.bytesScanned,
    llm_calls: parts.spent?.calls ?? 0,
    input_tokens: parts.spent?.inputTokens ?? 0,
    output_tokens: parts.spent?.outputTokens ?? 0,
    cost_usd: parts.spent ? parts.spent.costUsd : 0,
  }),
  results: parts.results,
  reconciliation: { pairs_checked: 0, pairs_passed: 0, pairs_failed: 0, details: [] },
  notes: parts.notes,
});
