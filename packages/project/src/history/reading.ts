import type { AuditRunDetail, AuditStore } from '@aegis/audit';
import { AuditError } from '@aegis/spec';
import { type LoadProjectOptions, loadProject } from '../config/project.js';
import type { Effects } from '../effects.js';
import { type HistoryFlags, historyPath, openHistory } from './open-history.js';

export interface HistoryOptions extends HistoryFlags, LoadProjectOptions {}

/** Opens the audit trail to read it, and closes it again. @throws AuditError */
export const reading = async <Result>(
  options: HistoryOptions,
  effects: Effects,
  read: (store: AuditStore) => Promise<Result>,
): Promise<Result> => {
  const project = await loadProject(options, effects);
  const store = await openHistory(historyPath(options, project, effects), { readOnly: true });
  try {
    return await read(store);
  } finally {
    await store.close();
  }
};

/** The run of this id or its beginning; the latest without one. @throws AuditError `not-found` */
export const findRun = async (store: AuditStore, run: string | undefined): Promise<AuditRunDetail> => {
  const found = run === undefined ? await store.latestRun() : await store.run(run);
  if (found) return found;
  throw new AuditError('not-found', `${store.path} holds no run yet`, { hint: 'aegis run RULES records one.' });
};
