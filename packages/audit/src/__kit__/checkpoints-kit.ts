import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditStore } from '../audit-store.js';
import { type CreateStore, freshStore } from './fresh-store.js';

export const describeCheckpoints = (create: CreateStore) =>
  describe('checkpoints', () => {
    let store: AuditStore;
    beforeEach(() => {
      store = freshStore(create);
    });

    const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

    it('keeps bytes as they are', async () => {
      await store.put('run', 'a', everyByte);
      await store.put('run', 'empty', new Uint8Array());
      expect(await store.get('run', 'a')).toEqual(everyByte);
      expect(await store.get('run', 'empty')).toEqual(new Uint8Array());
      expect(await store.get('run', 'b')).toBeUndefined();
      expect(await store.get('other', 'a')).toBeUndefined();
    });

    it('keeps what a view shows, not its whole buffer, and not what happens to it later', async () => {
      const view = everyByte.slice().subarray(10, 12);
      await store.put('run', 'a', view);
      view[0] = 99;
      expect(await store.get('run', 'a')).toEqual(Uint8Array.of(10, 11));
    });

    it('replaces a value', async () => {
      await store.put('run', 'a', Uint8Array.of(1));
      await store.put('run', 'a', Uint8Array.of(2));
      expect(await store.get('run', 'a')).toEqual(Uint8Array.of(2));
    });

    it('lists keys by prefix in ascending order', async () => {
      for (const key of ['b/2', 'a', 'b/10', 'B/1', 'b%', 'ü']) await store.put('run', key, Uint8Array.of(1));
      await store.put('other', 'b/3', Uint8Array.of(1));
      expect(await store.keys('run', 'b/')).toEqual(['b/10', 'b/2']);
      expect(await store.keys('run', 'b%')).toEqual(['b%']);
      expect(await store.keys('run', '')).toEqual(['B/1', 'a', 'b%', 'b/10', 'b/2', 'ü']);
    });

    it('deletes one scope', async () => {
      await store.put('run', 'a', Uint8Array.of(1));
      await store.put('other', 'a', Uint8Array.of(2));
      await store.deleteScope('run');
      await store.deleteScope('never');
      expect(await store.keys('run', '')).toEqual([]);
      expect(await store.get('other', 'a')).toEqual(Uint8Array.of(2));
    });
  });
