import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AuditStore } from '@aegis/audit';
import { isAegisError } from '@aegis/spec';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';

export interface HistoryFlags {
  /** The audit trail's file, relative to the working directory. */
  readonly history?: string | undefined;
}

/** Where the audit trail is: flag, then AEGIS_HISTORY, then `audit.path` in aegis.yaml, then `~/.aegis/history.db`. */
export const historyPath = (
  { history }: HistoryFlags,
  project: Project,
  { cwd, env }: Pick<Effects, 'cwd' | 'env'>,
): string => {
  const named = history ?? (env.AEGIS_HISTORY || undefined);
  if (named !== undefined) return resolve(cwd, named);
  const configured = project.config.audit?.path;
  if (configured === undefined) return join(env.HOME || homedir(), '.aegis', 'history.db');
  return resolve(project.directory, String(project.resolve(configured, ['audit', 'path'])));
};

/**
 * Opens the audit trail; better-sqlite3 is loaded only here.
 * @throws AuditError
 */
export const openHistory = async (path: string, options: { readonly readOnly?: boolean } = {}): Promise<AuditStore> => {
  const { openAuditStore } = await import('@aegis/audit');
  return openAuditStore({ path, ...options });
};

export interface HistoryForRun {
  /** `undefined` when there is none to write to: the run goes on without. */
  readonly store: AuditStore | undefined;
  /** Why not, for the report. */
  readonly note: string | undefined;
}

/** A trail that cannot be opened costs a run its record and a note, never the run. */
export const openHistoryForRun = async (path: string): Promise<HistoryForRun> => {
  try {
    return { store: await openHistory(path), note: undefined };
  } catch (error) {
    const reason = isAegisError(error) ? error.message : String(error);
    return { store: undefined, note: `This run is not recorded and learns nothing from earlier ones: ${reason}` };
  }
};
