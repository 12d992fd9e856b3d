import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decision, measurement, report, runStart, step } from './__fixtures__/records.js';
import type { AuditStore } from './audit-store.js';
import type { DatasetLine, DatasetOptions } from './dataset/dataset-line.js';

/** What every audit store does, wherever it keeps its rows. `create` gives an empty one that stamps decisions with `clock`. */
export const describeAuditStore = (name: string, create: (clock: () => Date) => AuditStore): void => {
  let store: AuditStore;
  beforeEach(() => {
    store = create(() => new Date('2025-03-01T10:00:01.000Z'));
  });
  afterEach(() => store.close());

  const finishedRun = async (runId: string, changes = {}) => {
    await store.startRun(runStart(runId, changes));
    await store.finishRun(runId, report(runId));
  };

  describe(`${name}: runs`, () => {
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
      await finishedRun('old', { startedAt: '2025-03-01T10:00:00.000Z' });
      await finishedRun('new', { startedAt: '2025-03-03T10:00:00.000Z' });
      await finishedRun('why', { startedAt: '2025-03-02T10:00:00.000Z', kind: 'debug' });
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
      for (const runId of ['r1', 'r2', 'r3']) await finishedRun(runId);
      expect(await store.listRuns({ limit })).toHaveLength(count);
    });

    it('counts the later of two runs that started together as the latest', async () => {
      await finishedRun('b');
      await finishedRun('a');
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
      await finishedRun('2025-aa');
      await finishedRun('2025-ab');
      expect((await store.run('2025-ab')).report).toEqual(report('2025-ab'));
      expect((await store.run('2025-aa')).runId).toBe('2025-aa');
    });

    it('prefers the run that is named exactly to those that start with it', async () => {
      await finishedRun('r1');
      await finishedRun('r10');
      expect((await store.run('r1')).runId).toBe('r1');
    });

    it.each(['', 'r', 'x', 'r%', 'r_'])('rejects %j, which names no run or several', async (prefix) => {
      await finishedRun('ra');
      await finishedRun('rb');
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
      await finishedRun('r1');
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

  describe(`${name}: steps and decisions`, () => {
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
      await finishedRun('r1');
      await finishedRun('r2');
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

  describe(`${name}: search`, () => {
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

  describe(`${name}: history`, () => {
    const metrics = async (before: string, limit?: number) => {
      const options = limit === undefined ? { before } : { before, limit };
      return (await store.measurements('orders/volume', options)).map(({ metric }) => metric);
    };

    it('gives what finished runs measured before, oldest first', async () => {
      for (const [runId, day] of [
        ['r3', 3],
        ['r1', 1],
        ['r2', 2],
        ['r4', 4],
      ] as const) {
        await store.startRun(runStart(runId));
        await store.recordMeasurements([
          measurement(runId, { measuredAt: `2025-03-0${day}T00:00:00Z`, metric: day }),
          measurement(runId, { key: 'other' }),
        ]);
        await store.finishRun(runId, report(runId));
      }
      expect(await metrics('2025-03-04T00:00:00Z')).toEqual([1, 2, 3]);
      expect(await metrics('2025-03-04T00:00:00Z', 2)).toEqual([2, 3]);
      expect(await store.measurements('unknown', { before: '2030-01-01T00:00:00Z' })).toEqual([]);
    });

    it('gives a measurement back as it was', async () => {
      const kept = measurement('r1', { metric: null, state: { rows: 3, sum: '12.5', bins: [1, 2] } });
      await store.startRun(runStart('r1'));
      await store.recordMeasurements([kept]);
      await store.finishRun('r1', report('r1'));
      expect(await store.measurements(kept.key, { before: '2030-01-01T00:00:00Z' })).toEqual([kept]);
    });

    it('sees nothing of a run that has not finished', async () => {
      await store.startRun(runStart('r1'));
      await store.recordMeasurements([measurement('r1')]);
      expect(await metrics('2030-01-01T00:00:00Z')).toEqual([]);
      await store.finishRun('r1', report('r1', { status: 'cancelled' }));
      expect(await metrics('2030-01-01T00:00:00Z')).toEqual([10]);
    });

    it('compares instants, however precisely they are written', async () => {
      await finishedRun('r1');
      await store.recordMeasurements([measurement('r1', { measuredAt: '2025-03-01T10:00:00Z' })]);
      expect(await metrics('2025-03-01T10:00:00.000Z')).toEqual([]);
      expect(await metrics('2025-03-01T10:00:00.001Z')).toEqual([10]);
    });

    it('keeps the later of two measurements of one run', async () => {
      await finishedRun('r1');
      await store.recordMeasurements([measurement('r1', { metric: 1 })]);
      await store.recordMeasurements([measurement('r1', { metric: 2 })]);
      expect(await metrics('2030-01-01T00:00:00Z')).toEqual([2]);
    });

    it('records all measurements or none', async () => {
      await finishedRun('r1');
      await expect(store.recordMeasurements([measurement('r1'), measurement('gone')])).rejects.toThrow('gone');
      expect(await metrics('2030-01-01T00:00:00Z')).toEqual([]);
    });
  });

  describe(`${name}: checkpoints`, () => {
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

  describe(`${name}: hash chain`, () => {
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
      await finishedRun('r1');
      expect((await store.head()).hash).toBe('1d70a42863a20f2bb3a709d9b10495d72322efc703829d3d555410a493c00d4c');
    });

    it('still holds an earlier head after more was written', async () => {
      await finishedRun('r1');
      const { hash } = await store.head();
      await finishedRun('r2');
      expect((await store.verify({ head: hash })).ok).toBe(true);
    });

    it('says when the given head is not in it', async () => {
      await finishedRun('r1');
      expect(await store.verify({ head: 'f'.repeat(64) })).toMatchObject({ ok: false, problems: [{ kind: 'cut' }] });
    });
  });
};
