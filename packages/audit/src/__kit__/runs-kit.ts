import { beforeEach, describe, expect, it } from 'vitest';
import { decision, measurement, report, runStart, step } from '../__fixtures__/records.js';
import type { AuditStore } from '../audit-store.js';
import { type CreateStore, finishedRun, freshStore } from './fresh-store.js';

export const describeRuns = (create: CreateStore) =>
  describe('runs', () => {
    let store: AuditStore;
    beforeEach(() => {
      store = freshStore(create);
    });

    it('is empty at first', async () => {
      expect(await store.listRuns()).toEqual([]);
      expect(await store.latestRun()).toBeUndefined();
    });

    it('lists a started run as running until it is finished', async () => {
      await store.startRun(runStart('r1', { llm: 'anthropic/claude-haiku-4-5' }));
      expect(await store.listRuns()).toEqual([
        {
          ...runStart('r1', { llm: 'anthropic/claude-haiku-4-5' }),
          status: 'running',
          finishedAt: null,
          totalCostUsd: null,
          summary: null,
        },
      ]);
      await store.finishRun('r1', report('r1'));
      expect(await store.listRuns()).toMatchObject([
        {
          status: 'completed',
          finishedAt: '2025-03-01T10:00:02.000Z',
          totalCostUsd: 0.001,
          summary: report('r1').summary,
        },
      ]);
    });

    it.each(['completed', 'cancelled', 'incomplete'] as const)('keeps the status of a %s run', async (status) => {
      await store.startRun(runStart('r1'));
      await store.finishRun('r1', report('r1', { status }));
      expect((await store.run('r1')).status).toBe(status);
    });

    it('lists the latest run first, up to a limit, of one kind when asked', async () => {
      await finishedRun(store, 'old', { startedAt: '2025-03-01T10:00:00.000Z' });
      await finishedRun(store, 'new', { startedAt: '2025-03-03T10:00:00.000Z' });
      await finishedRun(store, 'why', { startedAt: '2025-03-02T10:00:00.000Z', kind: 'debug' });
      const ids = async (options = {}) => (await store.listRuns(options)).map(({ runId }) => runId);
      expect(await ids()).toEqual(['new', 'why', 'old']);
      expect(await ids({ limit: 2 })).toEqual(['new', 'why']);
      expect(await ids({ kind: 'run' })).toEqual(['new', 'old']);
      expect((await store.latestRun())?.runId).toBe('new');
    });

    it.each([
      [0, 0],
      [-1, 0],
      [1.5, 1],
      [Number.POSITIVE_INFINITY, 3],
    ])('takes the limit %d', async (limit, count) => {
      for (const runId of ['r1', 'r2', 'r3']) await finishedRun(store, runId);
      expect(await store.listRuns({ limit })).toHaveLength(count);
    });

    it('counts the later of two runs that started together as the latest', async () => {
      await finishedRun(store, 'b');
      await finishedRun(store, 'a');
      expect((await store.latestRun())?.runId).toBe('a');
    });

    it.each([[[]], [['rules.yaml']], [['a.yaml', 'b.yaml']], [['[odd].yaml']]])(
      'gives back the rules files %j',
      async (rulesFiles) => {
        await store.startRun(runStart('r1', { rulesFiles }));
        expect((await store.run('r1')).rulesFiles).toEqual(rulesFiles);
      },
    );

    it('finds a run by its id or a unique beginning, with the report', async () => {
      await finishedRun(store, '2025-aa');
      await finishedRun(store, '2025-ab');
      expect((await store.run('2025-ab')).report).toEqual(report('2025-ab'));
      expect((await store.run('2025-aa')).runId).toBe('2025-aa');
    });

    it('prefers the run that is named exactly to those that start with it', async () => {
      await finishedRun(store, 'r1');
      await finishedRun(store, 'r10');
      expect((await store.run('r1')).runId).toBe('r1');
    });

    it.each(['', 'r', 'x', 'r%', 'r_'])('rejects %j, which names no run or several', async (prefix) => {
      await finishedRun(store, 'ra');
      await finishedRun(store, 'rb');
      await expect(store.run(prefix)).rejects.toMatchObject({ code: 'audit/not-found', hint: expect.any(String) });
      await expect(store.steps(prefix)).rejects.toMatchObject({ code: 'audit/not-found' });
      await expect(store.decisions(prefix)).rejects.toMatchObject({ code: 'audit/not-found' });
      await expect(store.trajectory(prefix)).rejects.toMatchObject({ code: 'audit/not-found' });
    });

    it('refuses to write to a run that was not started', async () => {
      const notFound = { code: 'audit/not-found', message: expect.stringContaining(store.path) };
      await expect(store.recordStep('r1', step('plan'))).rejects.toMatchObject(notFound);
      await expect(store.recordDecision('r1', decision())).rejects.toMatchObject(notFound);
      await expect(store.recordMeasurements([measurement('r1')])).rejects.toMatchObject(notFound);
      await expect(store.finishRun('r1', report('r1'))).rejects.toMatchObject(notFound);
    });

    it('finishes a run once', async () => {
      await finishedRun(store, 'r1');
      await expect(store.finishRun('r1', report('r1'))).rejects.toMatchObject({ code: 'audit/read-only' });
      await expect(store.startRun(runStart('r1'))).rejects.toMatchObject({ code: 'audit/read-only' });
    });

    it('takes up a run again that was killed or did not complete', async () => {
      await store.startRun(runStart('r1'));
      await store.startRun(runStart('r1', { startedAt: '2025-03-02T10:00:00.000Z' }));
      await store.finishRun('r1', report('r1', { status: 'cancelled' }));
      await store.startRun(runStart('r1'));
      expect(await store.run('r1')).toMatchObject({
        status: 'running',
        startedAt: '2025-03-01T10:00:00.000Z',
        finishedAt: null,
        report: null,
      });
      await store.finishRun('r1', report('r1'));
      expect(await store.run('r1')).toMatchObject({ status: 'completed', report: { status: 'completed' } });
      expect(await store.verify()).toMatchObject({ ok: true, events: 5 });
    });
  });
