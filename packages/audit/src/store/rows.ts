import type { DecisionRecord, JsonObject, Measurement, Report, ReportSummary, RunStart, StepRecord } from '@aegis/spec';
import type { AuditDecision, AuditRun, AuditStep } from '../audit-store.js';
import type { DecisionRow, MeasurementRow, RunResultRow, RunRow, RunSummaryRow, StepRow } from './audit-tables.js';

/** The result part of a run that has none yet. */
export const unfinished: RunResultRow = {
  status: 'running',
  finished_at: null,
  total_cost_usd: null,
  summary_json: null,
  report_json: null,
};

export const startedRunRow = (run: RunStart): RunRow => ({
  run_id: run.runId,
  kind: run.kind,
  started_at: run.startedAt,
  rules_file: encodeRulesFiles(run.rulesFiles),
  warehouse: run.warehouse,
  llm: run.llm,
  ...unfinished,
});

export const finishedResultRow = (report: Report): RunResultRow => ({
  status: report.status,
  finished_at: report.finished_at,
  total_cost_usd: report.summary.cost_usd,
  summary_json: JSON.stringify(report.summary),
  report_json: JSON.stringify(report),
});

/** @throws SyntaxError when a stored JSON text was damaged. */
export const auditRunOf = (row: RunSummaryRow): AuditRun => ({
  runId: row.run_id,
  kind: row.kind,
  status: row.status,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  rulesFiles: decodeRulesFiles(row.rules_file),
  warehouse: row.warehouse,
  llm: row.llm,
  totalCostUsd: row.total_cost_usd,
  summary: row.summary_json === null ? null : (JSON.parse(row.summary_json) as ReportSummary),
});

/** @throws SyntaxError when the stored JSON text was damaged. */
export const reportOf = (row: RunRow): Report | null =>
  row.report_json === null ? null : (JSON.parse(row.report_json) as Report);

const encodeRulesFiles = (files: readonly string[]): string | null => {
  const [only, ...others] = files;
  if (only === undefined) return null;
  return others.length > 0 || only.startsWith('[') ? JSON.stringify(files) : only;
};

const decodeRulesFiles = (text: string | null): readonly string[] => {
  if (text === null) return [];
  return text.startsWith('[') ? (JSON.parse(text) as readonly string[]) : [text];
};

export const stepRow = (runId: string, step: StepRecord): StepRow => ({
  run_id: runId,
  node: step.node,
  table: step.table,
  started_at: step.startedAt,
  duration_ms: step.durationMs,
  outcome: step.outcome,
  detail: step.detail ?? null,
});

export const auditStepOf = (row: StepRow): AuditStep => ({
  runId: row.run_id,
  node: row.node,
  table: row.table,
  startedAt: row.started_at,
  durationMs: row.duration_ms,
  outcome: row.outcome,
  ...(row.detail === null ? {} : { detail: row.detail }),
});

export const decisionRow = (runId: string, decision: DecisionRecord, recordedAt: string): Omit<DecisionRow, 'id'> => ({
  run_id: runId,
  node: decision.node,
  rule_id: decision.ruleId,
  prompt: decision.prompt,
  response: decision.response,
  model: decision.model,
  prompt_version: decision.promptVersion,
  input_tokens: decision.inputTokens,
  output_tokens: decision.outputTokens,
  cost_usd: decision.costUsd,
  latency_ms: decision.latencyMs,
  recorded_at: recordedAt,
});

export const auditDecisionOf = (row: DecisionRow): AuditDecision => ({
  decisionId: row.id,
  runId: row.run_id,
  node: row.node,
  ruleId: row.rule_id,
  prompt: row.prompt,
  response: row.response,
  model: row.model,
  promptVersion: row.prompt_version,
  inputTokens: row.input_tokens,
  outputTokens: row.output_tokens,
  costUsd: row.cost_usd,
  latencyMs: row.latency_ms,
  recordedAt: row.recorded_at,
});

export const measurementRow = (measurement: Measurement): MeasurementRow => ({
  key: measurement.key,
  run_id: measurement.runId,
  rule_id: measurement.ruleId,
  measured_at: measurement.measuredAt,
  measured_at_ms: Date.parse(measurement.measuredAt),
  state_json: JSON.stringify(measurement.state),
  metric: measurement.metric,
});

/** @throws SyntaxError when the stored JSON text was damaged. */
export const measurementOf = (row: MeasurementRow): Measurement => ({
  key: row.key,
  ruleId: row.rule_id,
  runId: row.run_id,
  measuredAt: row.measured_at,
  state: JSON.parse(row.state_json) as JsonObject,
  metric: row.metric,
});
