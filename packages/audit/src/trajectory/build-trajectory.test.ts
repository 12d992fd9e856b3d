import { describe, expect, it } from 'vitest';
import { decision, report, result, runStart, step } from '../__fixtures__/records.js';
import type { AuditDecision, AuditRunDetail, AuditStep } from '../audit-store.js';
import { buildTrajectory } from './build-trajectory.js';
import type { TrajectoryNode } from './trajectory-node.js';

const second = (seconds: number) => new Date(Date.UTC(2025, 2, 1, 10) + seconds * 1000).toISOString();

const killed: AuditRunDetail = {
  ...runStart('r1'),
  status: 'running',
  finishedAt: null,
  totalCostUsd: null,
  summary: null,
  report: null,
};

const completed = (results = [result('orders_id', 'orders'), result('users_id', 'users')]): AuditRunDetail => ({
  ...killed,
  status: 'completed',
  report: report('r1', { results }),
});

const recordedStep = (node: string, changes: Partial<AuditStep> = {}): AuditStep => ({
  runId: 'r1',
  ...step(node, changes),
});

const recorded = (decisionId: number, changes: Partial<AuditDecision> = {}): AuditDecision => ({
  ...decision(),
  decisionId,
  runId: 'r1',
  recordedAt: second(1),
  ...changes,
});

/** The tree as indented names, which is enough to see where everything hangs. */
const outline = (node: TrajectoryNode): unknown =>
  node.children.length === 0 ? node.name : { [node.name]: node.children.map(outline) };

describe('the tree', () => {
  it('holds steps and tables by start, and the steps of a table under it', () => {
    const steps = [
      recordedStep('report', { startedAt: second(9) }),
      recordedStep('execute', { table: 'users', startedAt: second(2) }),
      recordedStep('diagnose', { table: 'orders', startedAt: second(4) }),
      recordedStep('execute', { table: 'orders', startedAt: second(3) }),
      recordedStep('plan', { startedAt: second(1) }),
    ];
    expect(outline(buildTrajectory(completed(), steps, []))).toEqual({
      r1: ['plan', { users: ['execute'] }, { orders: ['execute', 'diagnose'] }, 'report'],
    });
  });

  it('is the run alone when nothing was recorded', () => {
    expect(buildTrajectory(killed, [], [])).toMatchObject({
      kind: 'run',
      outcome: 'running',
      durationMs: null,
      costUsd: 0,
      children: [],
    });
  });

  it('shows when and how long', () => {
    const steps = [
      recordedStep('execute', {
        table: 'orders',
        startedAt: second(1),
        durationMs: 500,
        outcome: 'error',
        detail: 'why',
      }),
      recordedStep('diagnose', { table: 'orders', startedAt: second(3), durationMs: 1000 }),
    ];
    const tree = buildTrajectory(completed(), steps, [
      recorded(1, { ruleId: 'orders_id', recordedAt: second(4), latencyMs: 500 }),
    ]);
    expect(tree).toMatchObject({ startedAt: second(0), durationMs: 2000, outcome: 'completed' });
    const [table] = tree.children;
    expect(table).toMatchObject({ kind: 'table', startedAt: second(1), durationMs: 3000 });
    expect(table?.children[0]).toMatchObject({ kind: 'step', durationMs: 500, outcome: 'error', detail: 'why' });
    expect(table?.children[1]?.children[0]).toMatchObject({
      kind: 'decision',
      startedAt: second(3.5),
      durationMs: 500,
    });
  });

  it('adds tokens and costs up, to null when a price is unknown', () => {
    const steps = [recordedStep('diagnose'), recordedStep('remediate')];
    const decisions = [
      recorded(1, { costUsd: 0.25 }),
      recorded(2, { costUsd: 0.5 }),
      recorded(3, { node: 'remediate', costUsd: null }),
    ];
    expect(buildTrajectory(killed, steps, decisions)).toMatchObject({
      inputTokens: 300,
      outputTokens: 60,
      costUsd: null,
      children: [
        { name: 'diagnose', inputTokens: 200, costUsd: 0.75 },
        { name: 'remediate', inputTokens: 100, costUsd: null },
      ],
    });
  });
});

describe('a decision', () => {
  const perTable = ['orders', 'users'].map((table, index) =>
    recordedStep('diagnose', { table, startedAt: second(10 * index), durationMs: 5000 }),
  );

  it('hangs on the only step of its node', () => {
    const tree = buildTrajectory(
      killed,
      [recordedStep('remediate')],
      [recorded(1, { node: 'remediate', ruleId: null })],
    );
    expect(outline(tree)).toEqual({ r1: [{ remediate: ['remediate'] }] });
  });

  it("hangs on the step of its rule's table, whatever the time", () => {
    const tree = buildTrajectory(completed(), perTable, [recorded(1, { ruleId: 'users_id', recordedAt: second(1) })]);
    expect(outline(tree)).toEqual({ r1: [{ orders: ['diagnose'] }, { users: [{ diagnose: ['users_id'] }] }] });
  });

  it('hangs on the step that was under way when the run has no report', () => {
    const tree = buildTrajectory(killed, perTable, [recorded(1, { ruleId: 'users_id', recordedAt: second(12) })]);
    expect(outline(tree)).toEqual({ r1: [{ orders: ['diagnose'] }, { users: [{ diagnose: ['users_id'] }] }] });
  });

  it('hangs on the run when no step, or more than one, may have made it', () => {
    const together = ['orders', 'users'].map((table) => recordedStep('diagnose', { table, durationMs: 5000 }));
    const tree = buildTrajectory(killed, together, [
      recorded(1, { ruleId: 'either' }),
      recorded(2, { node: 'x', ruleId: null }),
    ]);
    expect(outline(tree)).toEqual({ r1: [{ orders: ['diagnose'] }, { users: ['diagnose'] }, 'either', 'x'] });
  });
});
