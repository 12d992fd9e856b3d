import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError, type Lineage } from '@aegis/spec';
import { GraphBuilder, type GraphOptions } from '../graph/graph-builder.js';
import type { LineageGraph } from '../graph/lineage-graph.js';
import type { ImportTarget } from '../import/import-target.js';
import { deriveColumns } from '../import/sql/derive-columns.js';
import type { SqlLineage } from '../import/sql-lineage.js';
import { lineagePort } from '../port/lineage-port.js';
import { fetchText, type HttpOptions, reasonOf } from './fetch-source.js';
import { nearestFile } from './nearest-file.js';
import { readDocuments } from './read-documents.js';
import { isMarquezServer, readMarquez } from './read-marquez.js';
import { readPath } from './read-path.js';
import { isHttp, shownUrl } from './source-url.js';

export interface OpenLineageOptions extends GraphOptions {
  /** Where relative paths start from. Default: the working directory. */
  readonly cwd?: string | undefined;
  /** Grammar of SQL files: a dialect's `parserName`. Default: `duckdb`. */
  readonly parserName?: string | undefined;
  readonly http?: HttpOptions | undefined;
  /** More to put into the graph, e.g. what an operation log recorded. */
  readonly extend?: ((builder: GraphBuilder) => Promise<void> | void) | undefined;
}

export interface OpenedLineage extends Required<Lineage> {
  readonly graph: LineageGraph;
  /** Sources that could not be read at all, for people. */
  readonly unreadable: readonly string[];
}

/**
 * Reads sources of lineage, each a file, a folder or a URL, into one graph. What cannot be taken in is in the graph's
 * `problems`; a server that cannot be reached is one of them.
 * @throws ConfigError `not-found` for a path that does not exist
 */
export const openLineage = async (
  sources: readonly string[],
  options: OpenLineageOptions = {},
): Promise<OpenedLineage> => {
  const builder = new GraphBuilder(options);
  const unreadable: string[] = [];
  await checkPaths(sources, options);
  for (const source of sources) {
    const failure = await readSource(source, builder, options);
    if (failure !== undefined) unreadable.push(failure);
  }
  await options.extend?.(builder);
  await deriveColumns(builder, lineageOfSql);
  const graph = builder.build();
  const { cwd = process.cwd() } = options;
  return { ...lineagePort(graph, { resolveFile: (path) => resolve(cwd, path) }), graph, unreadable };
};

const lineageOfSql: SqlLineage = async (sql, options) => (await import('../sql/index.js')).lineageOfSql(sql, options);

/** Before anything is read, so that a slip of the pen is told at once. */
const checkPaths = async (sources: readonly string[], { cwd = process.cwd() }: OpenLineageOptions): Promise<void> => {
  for (const source of sources.filter((each) => !isHttp(each))) {
    if (await exists(resolve(cwd, source))) continue;
    const near = await nearestFile(resolve(cwd, source));
    throw new ConfigError('not-found', `the source of lineage ${source} does not exist`, {
      hint: near === undefined ? 'Name a file, a folder or a URL.' : `Did you mean "${near}"?`,
    });
  }
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const readSource = async (
  source: string,
  builder: GraphBuilder,
  { cwd = process.cwd(), parserName = 'duckdb', http = {} }: OpenLineageOptions,
): Promise<string | undefined> => {
  const target = { builder, parserName, source: isHttp(source) ? shownUrl(source) : source };
  const failure = isHttp(source)
    ? await readServer(source, target, http)
    : await readLocal(resolve(cwd, source), target);
  if (failure === undefined) return undefined;
  builder.problems.problem(target.source, failure);
  return `${target.source} ${failure}`;
};

const readLocal = async (path: string, target: ImportTarget): Promise<string | undefined> => {
  try {
    await readPath(path, target, lineageOfSql);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `cannot be read${code}`;
  }
};

const readServer = async (source: string, target: ImportTarget, options: HttpOptions): Promise<string | undefined> =>
  isMarquezServer(source) ? readMarquez(source, target, options) : readUrl(source, target, options);

const readUrl = async (source: string, target: ImportTarget, options: HttpOptions): Promise<string | undefined> => {
  const fetched = await fetchText(source, options);
  if (fetched.kind === 'failure') return fetched.message;
  try {
    await readDocuments(fetched.body, target);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
};
