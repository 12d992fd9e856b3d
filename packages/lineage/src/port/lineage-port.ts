import { type Lineage, LineageError } from '@aegis/spec';
import type { JoinedDataset } from '../graph/join-datasets.js';
import type { LineageGraph, Reached } from '../graph/lineage-graph.js';
import { traceOf } from './trace.js';

export interface PortOptions {
  /** The absolute path of a file that a source names by a relative one. Default: as it is. */
  readonly resolveFile?: ((path: string) => string) | undefined;
}

/**
 * The graph as a run needs it. Tables that it does not know have no neighbours.
 * @throws LineageError `ambiguous-name`, from each method, where a name could mean several datasets
 */
export const lineagePort = (graph: LineageGraph, options: PortOptions = {}): Required<Lineage> => ({
  downstream: async (table) => neighbours(graph, table, (id) => graph.downstream(id)),
  upstream: async (table) => neighbours(graph, table, (id) => graph.upstream(id)),
  exposures: async (table) =>
    neighbours(graph, table, (id) => graph.downstream(id).filter(({ dataset }) => dataset.kind === 'exposure')),
  trace: async (table, { maxDistance } = {}) => {
    const dataset = resolved(graph, table);
    return dataset && traceOf(graph, dataset, table, { ...options, maxDistance });
  },
});

const neighbours = (
  graph: LineageGraph,
  table: string,
  walk: (id: string) => readonly Reached[],
): readonly string[] => {
  const dataset = resolved(graph, table);
  return dataset ? walk(dataset.id).map(({ dataset: { id } }) => graph.shortName(id)) : [];
};

/**
 * The dataset that a name means; `undefined` where the graph does not know it.
 * @throws LineageError `ambiguous-name`
 */
const resolved = (graph: LineageGraph, name: string): JoinedDataset | undefined => {
  const found = graph.resolve(name);
  if (found.kind === 'unknown') return undefined;
  if (found.kind === 'found') return found.dataset;
  const candidates = found.candidates.map(({ id }) => id);
  throw new LineageError('ambiguous-name', `"${name}" could be any of ${listed(candidates)}`, {
    hint: `Write more of the name, or set lineage.names in aegis.yaml, e.g. { "${name}": "${candidates[0] ?? ''}" }.`,
  });
};

const listed = (names: readonly string[]): string =>
  names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
