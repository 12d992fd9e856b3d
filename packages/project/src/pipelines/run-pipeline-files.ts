import { userInfo } from 'node:os';
import type { PipelineResult, PipelineStep, StatementOutcome } from '@aegis/lineage/node';
import { ConfigError, type Warehouse } from '@aegis/spec';
import { type LoadProjectOptions, loadProject, type Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { type HistoryFlags, historyPath, openHistoryForRun } from '../history/open-history.js';
import { openWarehouses } from '../warehouses/open-warehouses.js';
import { type WarehouseFlags, warehouseNames } from '../warehouses/warehouse-names.js';

export interface PipelineFilesOptions extends WarehouseFlags, HistoryFlags, LoadProjectOptions {
  /** SQL files, and folders of them, relative to the working directory. */
  readonly files: readonly string[];
  /** Who runs it, for the record. Default: the user of the system. */
  readonly user?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly onStatement?: ((outcome: StatementOutcome) => void) | undefined;
}

export interface FinishedPipeline extends PipelineResult {
  /** The warehouse's name. */
  readonly warehouse: string;
  /** File of the audit trail that holds the record; `null` where there is none. */
  readonly history: string | null;
  /** What the reader should know, e.g. why nothing was recorded. */
  readonly notes: readonly string[];
}

/**
 * Runs SQL files in a warehouse that is opened for writing, and records every statement in the audit trail.
 * @throws ConfigError, LineageError, WarehouseError before anything has run
 */
export const runPipelineFiles = async (options: PipelineFilesOptions, effects: Effects): Promise<FinishedPipeline> => {
  const { pipelineSteps } = await import('@aegis/lineage/node');
  const steps = await pipelineSteps(options.files, { cwd: effects.cwd });
  const project = await loadProject(options, effects);
  const flags = { ...options, connection: { ...options.connection, access: 'read_write' } };
  const names = warehouseNames(project, flags, effects.cwd);
  const warehouses = await openWarehouses([names.defaultName], [], names, project, effects).catch(withoutAccess);
  try {
    const warehouse = warehouses.byName[names.defaultName];
    if (!warehouse?.execute) throw cannotChange(names.defaultName);
    await warehouse.connect();
    return await recorded(warehouse, names.defaultName, steps, options, project, effects);
  } finally {
    await warehouses.close();
  }
};

const cannotChange = (name: string, cause?: unknown): ConfigError =>
  new ConfigError('invalid', `the warehouse ${name} cannot change tables`, {
    hint: 'Pipelines run in warehouses that have the option access: duckdb and postgres.',
    cause,
  });

/** Adapters without the option say that they do not know it. */
const withoutAccess = (error: unknown): never => {
  const isUnknown = error instanceof ConfigError && /unrecognized key[^"]*"access"/i.test(error.message);
  throw isUnknown ? cannotChange(error.message.split(/[\s,:]/, 1)[0] ?? '', error) : error;
};

const recorded = async (
  warehouse: Warehouse,
  name: string,
  steps: readonly PipelineStep[],
  options: PipelineFilesOptions,
  project: Project,
  effects: Effects,
): Promise<FinishedPipeline> => {
  const { runPipeline } = await import('@aegis/lineage/node');
  const { store, note } = await openHistoryForRun(historyPath(options, project, effects));
  try {
    const { timeoutMs, onStatement, user = currentUser(effects) } = options;
    const about = { store, user, warehouse: name, signal: effects.signal, clock: effects.now };
    const result = await runPipeline(warehouse, steps, { ...about, timeoutMs, onStatement });
    return { ...result, warehouse: name, history: store?.path ?? null, notes: notesOf(note, result) };
  } finally {
    await store?.close();
  }
};

const notesOf = (note: string | undefined, { lost }: PipelineResult): readonly string[] => [
  ...(note === undefined ? [] : [`The pipeline is not recorded: ${note.slice(note.indexOf(': ') + 2)}`]),
  ...(lost === 0 ? [] : [`${lost} of the statements could not be recorded.`]),
];

const currentUser = ({ env }: Effects): string | undefined => {
  const named = env.USER || env.USERNAME;
  if (named) return named;
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
};
