import { onTestFinished } from 'vitest';
import { report, runStart } from '../__fixtures__/records.js';
import type { AuditStore } from '../audit-store.js';

/** Makes an empty store that stamps decisions with `clock`. */
export type CreateStore = (clock: () => Date) => AuditStore;

/** A store of this test's own, closed after it. */
export const freshStore = (create: CreateStore): AuditStore => {
  const store = create(() => new Date('2025-03-01T10:00:01.000Z'));
  onTestFinished(() => store.close());
  return store;
};

export const finishedRun = async (store: AuditStore, runId: string, changes = {}): Promise<void> => {
  await store.startRun(runStart(runId, changes));
  await store.finishRun(runId, report(runId));
};
