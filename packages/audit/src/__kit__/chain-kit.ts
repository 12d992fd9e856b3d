import { beforeEach, describe, expect, it } from 'vitest';
import { decision, report, runStart, step } from '../__fixtures__/records.js';
import type { AuditStore } from '../audit-store.js';
import { type CreateStore, finishedRun, freshStore } from './fresh-store.js';

export const describeChain = (create: CreateStore) =>
  describe('hash chain', () => {
    let store: AuditStore;
    beforeEach(() => {
      store = freshStore(create);
    });

    it('starts empty and sound', async () => {
      expect(await store.head()).toEqual({ seq: 0, hash: '0'.repeat(64) });
      expect(await store.verify({ head: '0'.repeat(64) })).toMatchObject({ ok: true, events: 0, problems: [] });
    });

    it('grows by start, decision and finish', async () => {
      await store.startRun(runStart('r1'));
      await store.recordStep('r1', step('plan'));
      await store.recordDecision('r1', decision());
      await store.finishRun('r1', report('r1'));
      const head = await store.head();
      expect(head).toEqual({ seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(await store.verify({ head: head.hash })).toEqual({ ok: true, events: 3, head, problems: [] });
    });

    it('is the same for the same events', async () => {
      await finishedRun(store, 'r1');
      expect((await store.head()).hash).toBe('1d70a42863a20f2bb3a709d9b10495d72322efc703829d3d555410a493c00d4c');
    });

    it('still holds an earlier head after more was written', async () => {
      await finishedRun(store, 'r1');
      const { hash } = await store.head();
      await finishedRun(store, 'r2');
      expect((await store.verify({ head: hash })).ok).toBe(true);
    });

    it('says when the given head is not in it', async () => {
      await finishedRun(store, 'r1');
      expect(await store.verify({ head: 'f'.repeat(64) })).toMatchObject({ ok: false, problems: [{ kind: 'cut' }] });
    });
  });
