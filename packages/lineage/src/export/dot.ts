import type { LineageGraph } from '../graph/lineage-graph.js';
import type { DatasetKind } from '../graph/types.js';
import { type Part, partOf } from './part-of.js';

/** A Graphviz digraph from sources on the left to consumers on the right. */
export const toDot = (graph: LineageGraph, part?: Part): string => {
  const { ids, edges } = partOf(graph, part);
  const nodes = ids.map(
    (id) =>
      `  ${quoted(id)} [label=${quoted(graph.shortName(id))}, shape=${shapes[graph.dataset(id)?.kind ?? 'unknown']}];`,
  );
  const lines = edges.map(({ from, to }) => `  ${quoted(from)} -> ${quoted(to)};`);
  return `${['digraph lineage {', '  rankdir=LR;', ...nodes, ...lines, '}'].join('\n')}\n`;
};

const shapes: { readonly [kind in DatasetKind]: string } = {
  table: 'box',
  view: 'box, style=rounded',
  file: 'note',
  exposure: 'hexagon',
  unknown: 'ellipse',
};

/** A backslash would begin an escape such as `\N`, which stands for the node's own name. */
const quoted = (name: string): string => `"${name.replace(/[\\"]/g, '\\$&').replace(/\p{Cc}/gu, ' ')}"`;
