import type { JoinedDataset } from './join-datasets.js';
import type { LineageGraph, WalkOptions } from './lineage-graph.js';
import type { ColumnEdge } from './types.js';

/** How certain it is that a change of the column reaches a dataset. */
export type Reach =
  /** Columns are made from it. */
  | 'columns'
  /** It decides which rows there are, e.g. as a join key or in a filter. */
  | 'rows'
  /** The dataset is made from one that is reached, and which columns it takes is not known. */
  | 'possible';

export interface Impacted {
  readonly dataset: JoinedDataset;
  readonly distance: number;
  readonly reach: Reach;
  /** The columns that are reached; empty where all of them may be. */
  readonly columns: readonly string[];
}

interface Step {
  readonly dataset: string;
  /** `null` stands for whole rows. */
  readonly column: string | null;
  readonly distance: number;
  readonly reach: Reach;
}

/** What a change of one column reaches, the nearest first. A dataset is listed once, with the most certain reach. */
export const columnImpact = (
  graph: LineageGraph,
  start: { readonly dataset: string; readonly column: string },
  { maxDistance = Number.POSITIVE_INFINITY }: WalkOptions = {},
): readonly Impacted[] => {
  const steps: Step[] = [{ ...start, distance: 0, reach: 'columns' }];
  const seen = new Set([stepKey(start)]);
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (!step || step.distance >= maxDistance) continue;
    for (const next of nextSteps(graph, step)) {
      const key = stepKey(next);
      if (seen.has(key)) continue;
      seen.add(key);
      steps.push(next);
    }
  }
  return summarize(graph, steps.slice(1), start.dataset);
};

const stepKey = ({ dataset, column }: { readonly dataset: string; readonly column: string | null }): string =>
  column === null ? dataset : `${dataset}\n${column.toLowerCase()}`;

const nextSteps = (graph: LineageGraph, step: Step): readonly Step[] => {
  const distance = step.distance + 1;
  if (step.column === null) return rowSteps(graph, step, distance);
  const known = graph.columnEdgesFrom(step.dataset, step.column).map((edge) => over(edge, step, distance));
  const unknown = graph.unknownOutputsFrom(step.dataset);
  return [...known, ...unknown.map((dataset): Step => ({ dataset, column: null, distance, reach: 'possible' }))];
};

/** Rows that are there or not reach all that is made from their table. */
const rowSteps = (graph: LineageGraph, { dataset, reach }: Step, distance: number): readonly Step[] =>
  graph.outputsFrom(dataset).map((output): Step => ({ dataset: output, column: null, distance, reach }));

const over = ({ to }: ColumnEdge, { reach }: Step, distance: number): Step => {
  const next = to.column === null && reach === 'columns' ? 'rows' : reach;
  return { dataset: to.dataset, column: to.column, distance, reach: next };
};

const certainty: { readonly [reach in Reach]: number } = { columns: 2, rows: 1, possible: 0 };

const summarize = (graph: LineageGraph, steps: readonly Step[], start: string): readonly Impacted[] => {
  const byDataset = Map.groupBy(steps, ({ dataset }) => dataset);
  return [...byDataset].flatMap(([id, found]) => {
    const dataset = id === start ? undefined : graph.dataset(id);
    return dataset ? [impacted(dataset, found)] : [];
  });
};

const impacted = (dataset: JoinedDataset, steps: readonly Step[]): Impacted => ({
  dataset,
  distance: Math.min(...steps.map(({ distance }) => distance)),
  reach: steps.reduce<Reach>((best, { reach }) => (certainty[reach] > certainty[best] ? reach : best), 'possible'),
  columns: steps.flatMap(({ column }) => column ?? []),
});
