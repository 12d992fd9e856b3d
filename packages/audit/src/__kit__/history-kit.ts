import { beforeEach, describe, expect, it } from 'vitest';
import { measurement, report, runStart } from '../__fixtures__/records.js';
import type { AuditStore } from '../audit-store.js';
import { type CreateStore, finishedRun, freshStore } from './fresh-store.js';

export const describeHistory = (create: CreateStore) =>
  describe('history', () => {
    let store: AuditStore;
    beforeEach(() => {
      store = freshStore(create);
    });

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
      await finishedRun(store, 'r1');
      await store.recordMeasurements([measurement('r1', { measuredAt: '2025-03-01T10:00:00Z' })]);
      expect(await metrics('2025-03-01T10:00:00.000Z')).toEqual([]);
      expect(await metrics('2025-03-01T10:00:00.001Z')).toEqual([10]);
    });

    it('keeps the later of two measurements of one run', async () => {
      await finishedRun(store, 'r1');
      await store.recordMeasurements([measurement('r1', { metric: 1 })]);
      await store.recordMeasurements([measurement('r1', { metric: 2 })]);
      expect(await metrics('2030-01-01T00:00:00Z')).toEqual([2]);
    });

    it('records all measurements or none', async () => {
      await finishedRun(store, 'r1');
      await expect(store.recordMeasurements([measurement('r1'), measurement('gone')])).rejects.toThrow('gone');
      expect(await metrics('2030-01-01T00:00:00Z')).toEqual([]);
    });
  });
