import { beforeEach, describe, expect, it } from 'vitest';
import { decision, runStart, step } from '../__fixtures__/records.js';
import type { AuditStore } from '../audit-store.js';
import type { DatasetLine, DatasetOptions } from '../dataset/dataset-line.js';
import { type CreateStore, finishedRun, freshStore } from './fresh-store.js';

export const describeRecords = (create: CreateStore) =>
  describe('steps and decisions', () => {
    let store: AuditStore;
    beforeEach(() => {
      store = freshStore(create);
    });

    it('keeps steps in the order of recording', async () => {
      await store.startRun(runStart('r1'));
      await store.startRun(runStart('r2'));
      await store.recordStep('r1', step('plan'));
      await store.recordStep('r2', step('plan'));
      await store.recordStep('r1', step('execute', { table: 'orders', outcome: 'error', detail: 'no such table' }));
      expect(await store.steps('r1')).toEqual([
        { runId: 'r1', ...step('plan') },
        { runId: 'r1', ...step('execute', { table: 'orders', outcome: 'error', detail: 'no such table' }) },
      ]);
    });

    it('keeps decisions whole and stamps them', async () => {
      const free = decision({
        ruleId: null,
        costUsd: null,
        promptVersion: null,
        prompt: "''; DROP TABLE runs; --\n\0🎉",
      });
      await store.startRun(runStart('r1'));
      await store.recordDecision('r1', decision());
      await store.recordDecision('r1', free);
      expect(await store.decisions('r1')).toEqual([
        { ...decision(), decisionId: 1, runId: 'r1', recordedAt: '2025-03-01T10:00:01.000Z' },
        { ...free, decisionId: 2, runId: 'r1', recordedAt: '2025-03-01T10:00:01.000Z' },
      ]);
    });

    it('arranges a run as a tree', async () => {
      await store.startRun(runStart('r1'));
      await store.recordStep('r1', step('diagnose', { table: 'orders' }));
      await store.recordDecision('r1', decision());
      expect(await store.trajectory('r')).toMatchObject({
        kind: 'run',
        name: 'r1',
        costUsd: 0.001,
        children: [{ kind: 'table', children: [{ kind: 'step', children: [{ kind: 'decision', decisionId: 1 }] }] }],
      });
    });

    it('exports one line per model call, of one run when asked', async () => {
      await finishedRun(store, 'r1');
      await finishedRun(store, 'r2');
      await store.recordDecision('r2', decision({ response: 'second' }));
      await store.recordDecision('r1', decision({ response: 'first' }));
      const answers = async (options?: DatasetOptions) => {
        const lines: DatasetLine[] = [];
        for await (const line of store.exportDataset(options)) lines.push(line);
        return lines.map(({ conversations }) => conversations.at(-1)?.value);
      };
      expect(await answers()).toEqual(['first', 'second']);
      expect(await answers({ run: 'r2' })).toEqual(['second']);
      await expect(answers({ run: 'x' })).rejects.toMatchObject({ code: 'audit/not-found' });
    });
  });
