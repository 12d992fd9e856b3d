import type { LineageGraph } from '../graph/lineage-graph.js';

/** Ids of the datasets to show; all of them where none are named. */
export type Part = ReadonlySet<string> | undefined;

export interface ShownEdge {
  readonly from: string;
  readonly to: string;
}

/** Datasets and the edges between them, each edge once; a dataset that feeds itself has none. */
export const partOf = (
  graph: LineageGraph,
  part: Part,
): { readonly ids: readonly string[]; readonly edges: readonly ShownEdge[] } => {
  const ids = graph.datasets.map(({ id }) => id).filter((id) => part?.has(id) ?? true);
  const shown = new Set(ids);
  const edges = new Map<string, ShownEdge>();
  for (const { inputs, outputs } of graph.operations())
    for (const from of inputs)
      for (const to of outputs)
        if (from !== to && shown.has(from) && shown.has(to)) edges.set(`${from}\n${to}`, { from, to });
  return { ids, edges: [...edges.values()] };
};
