import type { AuditDecision, AuditRunDetail, AuditStep } from '../audit-store.js';
import { assignDecisions } from './assign-decisions.js';
import type { TrajectoryNode } from './trajectory-node.js';

/** Arranges what a run recorded. A decision whose step cannot be told hangs on the run itself. */
export const buildTrajectory = (
  run: AuditRunDetail,
  steps: readonly AuditStep[],
  decisions: readonly AuditDecision[],
): TrajectoryNode => {
  const owners = assignDecisions(run.report, steps, decisions);
  const decisionsOf = (step: AuditStep | undefined) =>
    decisions.filter((decision) => owners.get(decision) === step).map(decisionNode);
  const stepsOf = (table: string | null) =>
    steps.filter((step) => step.table === table).map((step) => stepNode(step, decisionsOf(step)));
  const tables = new Set(steps.flatMap(({ table }) => table ?? []));
  const tableNodes = [...tables].map((table) => tableNode(table, stepsOf(table)));
  return runNode(run, [...stepsOf(null), ...tableNodes, ...decisionsOf(undefined)]);
};

const leaf = { outcome: null, detail: null, decisionId: null, model: null };

const runNode = (run: AuditRunDetail, children: readonly TrajectoryNode[]): TrajectoryNode => ({
  ...leaf,
  kind: 'run',
  name: run.runId,
  startedAt: run.startedAt,
  durationMs: run.report?.duration_ms ?? null,
  outcome: run.status,
  ...withChildren(children),
});

const tableNode = (table: string, steps: readonly TrajectoryNode[]): TrajectoryNode => {
  const startedAt = steps.toSorted(byStart)[0]?.startedAt ?? '';
  const durationMs = Math.max(...steps.map(endOf)) - Date.parse(startedAt);
  return { ...leaf, kind: 'table', name: table, startedAt, durationMs, ...withChildren(steps) };
};

const stepNode = (step: AuditStep, decisions: readonly TrajectoryNode[]): TrajectoryNode => ({
  ...leaf,
  kind: 'step',
  name: step.node,
  startedAt: step.startedAt,
  durationMs: step.durationMs,
  outcome: step.outcome,
  detail: step.detail ?? null,
  ...withChildren(decisions),
});

const decisionNode = (decision: AuditDecision): TrajectoryNode => ({
  ...leaf,
  kind: 'decision',
  name: decision.ruleId ?? decision.node,
  startedAt: new Date(Date.parse(decision.recordedAt) - decision.latencyMs).toISOString(),
  durationMs: decision.latencyMs,
  decisionId: decision.decisionId,
  model: decision.model,
  inputTokens: decision.inputTokens,
  outputTokens: decision.outputTokens,
  costUsd: decision.costUsd,
  children: [],
});

/** The children by start, and what they add up to. */
const withChildren = (children: readonly TrajectoryNode[]) => ({
  inputTokens: sum(children.map(({ inputTokens }) => inputTokens)),
  outputTokens: sum(children.map(({ outputTokens }) => outputTokens)),
  costUsd: children.some(({ costUsd }) => costUsd === null) ? null : sum(children.map(({ costUsd }) => costUsd ?? 0)),
  children: children.toSorted(byStart),
});

const byStart = (a: TrajectoryNode, b: TrajectoryNode): number => Date.parse(a.startedAt) - Date.parse(b.startedAt);

const endOf = (node: TrajectoryNode): number => Date.parse(node.startedAt) + (node.durationMs ?? 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
