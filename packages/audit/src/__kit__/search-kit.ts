import { beforeEach, describe, expect, it } from 'vitest';
import { decision, runStart } from '../__fixtures__/records.js';
import type { AuditStore } from '../audit-store.js';
import { type CreateStore, freshStore } from './fresh-store.js';

export const describeSearch = (create: CreateStore) =>
  describe('search', () => {
    let store: AuditStore;
    beforeEach(() => {
      store = freshStore(create);
    });

    const found = async (query: string, options = {}) =>
      (await store.search(query, options)).map(({ decisionId }) => decisionId);

    beforeEach(async () => {
      await store.startRun(runStart('r1'));
      await store.recordDecision('r1', decision({ prompt: 'Why is order-id null?', response: 'Ask Mr O’Brien.' }));
      await store.recordDecision('r1', decision({ prompt: "What about o'brien's café?", response: 'order by id 🎉' }));
      await store.recordDecision('r1', decision({ prompt: 'say "hello world"', response: 'NEAR OR AND NOT' }));
    });

    it.each([
      ['null', [1]],
      ['NULL order_id', [1]],
      ['order-id', [1]],
      ['order id', [2, 1]],
      ["o'brien", [2, 1]],
      ['O’Brien', [2, 1]],
      ['what?', [2]],
      ['CAFE', [2]],
      ['cafe\u0301', [2]],
      ['"hello', [3]],
      ['"hello world"', [3]],
      ['hello* (world)', [3]],
      ['OR', [3]],
      ['NOT near', [3]],
      ['prompt:hello', []],
      ['null 🎉', [1]],
      ['ord', []],
      ['null hello', []],
    ])('takes %j as words', async (query, ids) => {
      expect(await found(query)).toEqual(ids);
    });

    it.each(['', '   ', '🎉', '?!', '"', '""', '*', '-', '\0', "'"])('finds nothing for %j', async (query) => {
      expect(await found(query)).toEqual([]);
    });

    it('takes a query of a thousand words', async () => {
      expect(await found('null '.repeat(1000))).toEqual([1]);
    });

    it('gives the latest first, up to a limit', async () => {
      expect(await found('order id', { limit: 1 })).toEqual([2]);
    });

    it('shows where the words are', async () => {
      expect(await store.search('hello')).toMatchObject([
        { runId: 'r1', field: 'prompt', snippet: 'say "hello world"' },
      ]);
      expect(await store.search('near')).toMatchObject([{ field: 'response', snippet: 'NEAR OR AND NOT' }]);
    });
  });
