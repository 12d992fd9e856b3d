import { displayWidth } from '@aegis/report/terminal';
import { expect, it } from 'vitest';
import { renderTrajectory } from './render-trajectory.js';

type TrajectoryNode = Parameters<typeof renderTrajectory>[0];

const node = (kind: TrajectoryNode['kind'], name: string, changes: Partial<TrajectoryNode> = {}): TrajectoryNode => ({
  ...{ kind, name, startedAt: '2026-01-15T12:00:00.500Z', durationMs: 1200, outcome: null, detail: null },
  ...{ inputTokens: 0, outputTokens: 0, costUsd: 0, decisionId: null, model: null, children: [], ...changes },
});

const call = (name: string, costUsd: number | null) =>
  node('decision', name, { decisionId: 7, model: 'claude-haiku', inputTokens: 900, outputTokens: 100, costUsd });

const run = (...children: readonly TrajectoryNode[]) =>
  node('run', '20260115-120000-abcdef', { startedAt: '2026-01-15T12:00:00Z', outcome: 'completed', children });

const spent = { inputTokens: 1800, outputTokens: 200 };
const told = node('step', 'diagnose_narrate', {
  ...spent,
  ...{ outcome: 'ok', costUsd: 0.0042, children: [call('ids_unique', 0.0021), call('emails_there', 0.0021)] },
});
const failed = node('step', 'report', { outcome: 'error', detail: 'the disk is full' });
const tree = run(node('table', 'orders', { ...spent, costUsd: 0.0042, children: [told] }), failed);

it('shows when, how long, what came of it, and what it cost', () => {
  expect(renderTrajectory({ ...tree, ...spent, costUsd: 0.0042 }, 130)).toBe(`\
20260115-120000-abcdef  started 2026-01-15 12:00:00 · took 1.2 s · completed · 2 model calls · 1800 + 200 tokens · $0.0042
├─ orders  +500 ms · took 1.2 s · 2 model calls · 1800 + 200 tokens · $0.0042
│  └─ diagnose_narrate  +500 ms · took 1.2 s · 2 model calls · 1800 + 200 tokens · $0.0042
│     ├─ ids_unique  +500 ms · took 1.2 s · call 7 of claude-haiku · 900 + 100 tokens · $0.0021
│     └─ emails_there  +500 ms · took 1.2 s · call 7 of claude-haiku · 900 + 100 tokens · $0.0021
└─ report  +500 ms · took 1.2 s · error · the disk is full
`);
});

it.each([40, 60, 80])('fits %i columns, with what does not fit below its name', (width) => {
  const lines = renderTrajectory(tree, width).split('\n');
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
  expect(
    lines
      .map((line) => line.replaceAll(/[│├└─\s]+/g, ' '))
      .join('')
      .replaceAll(/\s+/g, ''),
  ).toBe(renderTrajectory(tree, 500).replaceAll(/[│├└─\s]+/g, ''));
});

it('says that a cost is unknown, and leaves out what an unfinished run does not know', () => {
  const running = run(call('ids_unique', null));
  const text = renderTrajectory({ ...running, outcome: 'running', durationMs: null, costUsd: null }, 120);
  expect(text).toMatch(/^\S+ {2}started 2026-01-15 12:00:00 · running · 1 model call · 0 \+ 0 tokens · cost unknown\n/);
});

it('shows names that would act on a terminal instead of letting them', () => {
  expect(renderTrajectory(run(node('table', 'a\u001b[2Jb\nc')), 120)).toContain('a\\x1b[2Jb\\nc');
});
