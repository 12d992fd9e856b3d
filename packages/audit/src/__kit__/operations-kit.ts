import { beforeEach, describe, expect, it } from 'vitest';
import { operation } from '../__fixtures__/records.js';
import type { AuditStore } from '../audit-store.js';
import { type CreateStore, freshStore } from './fresh-store.js';

export const describeOperations = (create: CreateStore) =>
  describe('operations', () => {
    let store: AuditStore;
    beforeEach(() => {
      store = freshStore(create);
    });

    it('are kept whole, in the order of recording', async () => {
      const failed = operation('o2', {
        changes: [{ kind: 'other', output: null, outputColumns: null, inputs: [], columns: [], unresolved: 'why' }],
        rowsAffected: null,
        user: null,
        error: { code: 'warehouse/syntax', message: 'near ")"' },
      });
      await store.recordOperation(operation('o1'));
      await store.recordOperation(failed);
      expect(await store.operations()).toEqual([operation('o1'), failed]);
    });

    it('are found by the run that they belong to, which need not be a run of rules', async () => {
      await store.recordOperation(operation('o1', { runId: 'load-1' }));
      await store.recordOperation(operation('o2', { runId: 'load-2' }));
      expect((await store.operations({ runId: 'load-2' })).map(({ operationId }) => operationId)).toEqual(['o2']);
    });

    it('are no part of the hash chain', async () => {
      await store.recordOperation(operation('o1'));
      expect(await store.verify()).toMatchObject({ ok: true, events: 0 });
    });
  });
