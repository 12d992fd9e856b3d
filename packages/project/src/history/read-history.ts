import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AuditRun, AuditRunDetail, AuditStep, AuditStore } from '@aegis/audit';
import { AuditError, isAegisError, type Report } from '@aegis/spec';
import { type LoadProjectOptions, loadProject } from '../config/project.js';
import type { Effects } from '../effects.js';
import { type HistoryFlags, historyPath, openHistory } from './open-history.js';

export interface HistoryOptions extends HistoryFlags, LoadProjectOptions {}

export interface ListRunsOptions extends HistoryOptions {
  /** Default 20. */
  readonly limit?: number | undefined;
}

export interface ShowRunOptions extends HistoryOptions {
  /** Id, or a unique beginning of it. Default: the latest run. */
  readonly run?: string | undefined;
}

export interface ShownRun {
  readonly run: AuditRunDetail;
  /** In the order of recording. */
  readonly steps: readonly AuditStep[];
}

/** Latest first; none where nothing was ever recorded. @throws AuditError */
export const listRuns = async (options: ListRunsOptions, effects: Effects): Promise<readonly AuditRun[]> => {
  try {
    return await reading(options, effects, (store) => store.listRuns({ limit: options.limit }));
  } catch (error) {
    if (isAegisError(error) && error.code === 'audit/not-found') return [];
    throw error;
  }
};

/** @throws AuditError `not-found` */
export const showRun = (options: ShowRunOptions, effects: Effects): Promise<ShownRun> =>
  reading(options, effects, async (store) => {
    const run = await findRun(store, options.run);
    return { run, steps: await store.steps(run.runId) };
  });

/**
 * The report of a recorded run, or of a report file (`./report.json`).
 * @throws AuditError `not-found`, ConfigError `invalid`
 */
export const loadReport = async (options: ShowRunOptions, effects: Effects): Promise<Report> => {
  if (options.run?.endsWith('.json')) return readReportFile(resolve(effects.cwd, options.run));
  const { runId, report } = await reading(options, effects, (store) => findRun(store, options.run));
  if (report) return report;
  throw new AuditError('not-found', `run ${runId} has no report: it did not finish`, {
    hint: `Continue it with aegis run RULES --resume ${runId}`,
  });
};

const reading = async <Result>(
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

const findRun = async (store: AuditStore, run: string | undefined): Promise<AuditRunDetail> => {
  const found = run === undefined ? await store.latestRun() : await store.run(run);
  if (found) return found;
  throw new AuditError('not-found', `${store.path} holds no run yet`, { hint: 'aegis run RULES records one.' });
};

const readReportFile = async (file: string): Promise<Report> => {
  const { parseReport } = await import('@aegis/report');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new AuditError('not-found', `${file} cannot be read`, { cause });
  });
  return parseReport(text);
};
