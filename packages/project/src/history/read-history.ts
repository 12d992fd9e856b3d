import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AuditRun, AuditRunDetail, AuditStep, SearchHit, TrajectoryNode } from '@aegis/audit';
import { AuditError, ConfigError, isAegisError, type Report } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { findRun, type HistoryOptions, reading } from './reading.js';

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

export interface SearchHistoryOptions extends HistoryOptions {
  /** Words, never a syntax: `order-id` means these two words in a row. */
  readonly query: string;
  /** Default 20. */
  readonly limit?: number | undefined;
}

/** Latest first; none where nothing was ever recorded. @throws AuditError */
export const listRuns = (options: ListRunsOptions, effects: Effects): Promise<readonly AuditRun[]> =>
  noneWithoutHistory(() => reading(options, effects, (store) => store.listRuns({ limit: options.limit })));

/** Model calls whose prompt or answer holds every word, latest first. @throws AuditError */
export const searchHistory = (options: SearchHistoryOptions, effects: Effects): Promise<readonly SearchHit[]> =>
  noneWithoutHistory(() => reading(options, effects, (store) => store.search(options.query, { limit: options.limit })));

const noneWithoutHistory = async <Item>(read: () => Promise<readonly Item[]>): Promise<readonly Item[]> => {
  try {
    return await read();
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

/** A run as a tree: tables, their steps, and the model calls of each. @throws AuditError `not-found` */
export const showTrajectory = (options: ShowRunOptions, effects: Effects): Promise<TrajectoryNode> =>
  reading(options, effects, async (store) => store.trajectory((await findRun(store, options.run)).runId));

/**
 * The report of a recorded run, or of a report file (`./report.json`).
 * @throws AuditError `not-found`, ConfigError `invalid`
 */
export const loadReport = async (options: ShowRunOptions, effects: Effects): Promise<Report> => {
  if (options.run?.endsWith('.json')) return readReportFile(resolve(effects.cwd, options.run));
  const { runId, report } = await reading(options, effects, async (store) => {
    const [latest] = options.run === undefined ? await store.listRuns({ kind: 'run', limit: 1 }) : [];
    return findRun(store, options.run ?? latest?.runId);
  });
  if (report) return report;
  throw new AuditError('not-found', `run ${runId} has no report: it did not finish`, {
    hint: `Continue it with aegis run RULES --resume ${runId}`,
  });
};

const readReportFile = async (file: string): Promise<Report> => {
  const { parseReport } = await import('@aegis/report');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new AuditError('not-found', `${file} cannot be read`, { cause });
  });
  try {
    return parseReport(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError('invalid', `${file}: ${error.message}`, { hint: error.hint, cause: error });
  }
};
