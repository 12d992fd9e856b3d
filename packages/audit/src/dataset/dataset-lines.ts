import type { AuditDecision, AuditRun } from '../audit-store.js';
import { promptTurns } from './conversation.js';
import type { DatasetLine, DatasetOptions } from './dataset-line.js';

/** The lines of one run, in the order of its decisions. */
export const datasetLines = (
  run: AuditRun,
  decisions: readonly AuditDecision[],
  { node, minTurns = 0, quality = false }: DatasetOptions,
): readonly DatasetLine[] =>
  decisions
    .filter((decision) => node === undefined || decision.node === node)
    .filter((decision) => !quality || isWorthLearning(run, decision, decisions))
    .map(datasetLine)
    .filter(({ conversations }) => conversations.filter(({ from }) => from !== 'system').length >= minTurns);

const datasetLine = (decision: AuditDecision): DatasetLine => ({
  conversations: [...promptTurns(decision.prompt), { from: 'gpt', value: decision.response }],
  metadata: {
    run_id: decision.runId,
    decision_id: decision.decisionId,
    node: decision.node,
    rule_id: decision.ruleId,
    model: decision.model,
    prompt_version: decision.promptVersion,
    input_tokens: decision.inputTokens,
    output_tokens: decision.outputTokens,
    cost_usd: decision.costUsd,
    latency_ms: decision.latencyMs,
    recorded_at: decision.recordedAt,
  },
});

const isWorthLearning = (run: AuditRun, decision: AuditDecision, all: readonly AuditDecision[]): boolean =>
  run.status === 'completed' && decision.response.trim() !== '' && !wasAskedAgain(decision, all);

const wasAskedAgain = (decision: AuditDecision, all: readonly AuditDecision[]): boolean =>
  decision.ruleId !== null &&
  all.some(
    ({ decisionId, node, ruleId }) =>
      decisionId > decision.decisionId && node === decision.node && ruleId === decision.ruleId,
  );
