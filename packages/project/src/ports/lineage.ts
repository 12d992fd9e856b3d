import type { GraphBuilder, ImportProblem } from '@aegis/lineage';
import type { OpenedLineage, OpenLineageOptions } from '@aegis/lineage/node';
import { ConfigError } from '@aegis/spec';
import { lineageConfig, sourcePath } from '../config/lineage-schema.js';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { type HistoryFlags, historyPath } from '../history/open-history.js';
import { operationLogs, type ReadLog, readOperationLog } from './operation-logs.js';

export interface LineageFlags {
  /** Files, folders or URLs; they replace those of aegis.yaml. */
  readonly lineage?: readonly string[] | undefined;
}

export interface LineageRequest extends LineageFlags, HistoryFlags {
  /** Grammar of SQL files: a dialect's `parserName`. */
  readonly parserName?: string | undefined;
}

/**
 * The lineage graph, when any source of one was named. Its package is loaded only then.
 * @throws ConfigError `not-found` for a path that does not exist, `missing-secret`
 */
export const loadLineage = async (
  { lineage = [], parserName, history }: LineageRequest,
  project: Project,
  effects: Pick<Effects, 'cwd' | 'env' | 'signal'>,
): Promise<OpenedLineage | undefined> => {
  const { names, warehouses } = lineageConfig(project.config.lineage);
  const isNamed = lineage.length > 0;
  const sources = isNamed ? lineage : configuredSources(project);
  if (sources.length === 0) return undefined;
  const cwd = isNamed ? effects.cwd : project.directory;
  const logs = operationLogs(sources, cwd);
  const files = sources.filter((source) => !logs.includes(source));
  const read = await Promise.all(
    logs.map((log) => readOperationLog(log, historyPath({ history }, project, effects), cwd)),
  );
  try {
    return await openAll(files, read, { names, warehouses, parserName, cwd, http: { signal: effects.signal } });
  } catch (error) {
    throw isNamed ? error : located(error, sources, project);
  }
};

const openAll = async (
  files: readonly string[],
  logs: readonly ReadLog[],
  options: OpenLineageOptions,
): Promise<OpenedLineage> => {
  const [{ importOperations }, { openLineage }] = await Promise.all([
    import('@aegis/lineage'),
    import('@aegis/lineage/node'),
  ]);
  const extend = (builder: GraphBuilder): void => {
    for (const { operations, source } of logs) importOperations(operations, { builder, source });
  };
  const opened = await openLineage(files, { ...options, extend });
  return { ...opened, unreadable: [...opened.unreadable, ...logs.flatMap(({ failure }) => failure ?? [])] };
};

const configuredSources = (project: Project): readonly string[] =>
  lineageConfig(project.config.lineage).sources.map((source, index) =>
    String(project.resolve(source, sourcePath(project.config.lineage, index))),
  );

const located = (error: unknown, sources: readonly string[], { config, locate }: Project): unknown => {
  if (!(error instanceof ConfigError)) return error;
  const { message, hint, reason } = error;
  const index = sources.findIndex((source) => message.includes(` ${source} `));
  return new ConfigError(reason, message, { hint, location: locate(sourcePath(config.lineage, index)), cause: error });
};

/** What the reader of a run should know about its lineage: what could not be read, and how much of the rest. */
export const lineageNotes = ({ unreadable, graph }: OpenedLineage): readonly string[] => [
  ...unreadable.map((source) => `Lineage is missing a source: ${source}.`),
  ...problemNotes(graph.problems.filter((problem) => !problem.isNote && !isAmong(problem, unreadable))),
];

const isAmong = ({ place, message }: ImportProblem, unreadable: readonly string[]): boolean =>
  unreadable.includes(`${place} ${message}`);

const problemNotes = ([first, ...others]: readonly ImportProblem[]): readonly string[] => {
  if (!first) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see aegis lineage show)`;
  return [`Lineage is not complete: ${first.place}: ${first.message}${more}.`];
};
