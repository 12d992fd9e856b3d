import type { JoinedDataset } from './join-datasets.js';
import type { LineageGraph, WalkOptions } from './lineage-graph.js';
import { type ColumnWalk, certainty, type Reach } from './walk-columns.js';

export type { Reach } from './walk-columns.js';

export interface Impacted {
  readonly dataset: JoinedDataset;
  readonly distance: number;
  readonly reach: Reach;
  /** The columns that are reached; empty where all of them may be. */
  readonly columns: readonly string[];
}

/** What a change of one column reaches, the nearest first. A dataset is listed once, with the most certain reach. */
export const columnImpact = (
  graph: LineageGraph,
  start: { readonly dataset: string; readonly column: string },
  options: WalkOptions = {},
): readonly Impacted[] => summarize(graph.walkColumns(start, options), graph.datasets);

interface Found extends Impacted {
  reach: Reach;
  readonly columns: string[];
}

const summarize = (walk: ColumnWalk, datasets: readonly JoinedDataset[]): readonly Impacted[] => {
  const found: Found[] = [];
  const places = new Int32Array(datasets.length).fill(-1);
  const [start] = walk.nodes;
  for (let step = 1; step < walk.nodes.length; step++) {
    const node = walk.nodes[step] ?? 0;
    const known = found[places[node] ?? -1];
    const dataset = datasets[node];
    if (known) arriveAgain(known, walk, step);
    else if (dataset && node !== start) places[node] = found.push(arrived(dataset, walk, step)) - 1;
  }
  return found;
};

const arrived = (dataset: JoinedDataset, { distances, reaches, columns }: ColumnWalk, step: number): Found => {
  const column = columns[step] ?? null;
  return {
    dataset,
    distance: distances[step] ?? 0,
    reach: reaches[step] ?? 'possible',
    columns: column === null ? [] : [column],
  };
};

const arriveAgain = (found: Found, { reaches, columns }: ColumnWalk, step: number): void => {
  const [reach, column] = [reaches[step] ?? 'possible', columns[step] ?? null];
  if (certainty[reach] > certainty[found.reach]) found.reach = reach;
  if (column !== null) found.columns.push(column);
};
