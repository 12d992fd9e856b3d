import type { LineageGraph } from '../graph/lineage-graph.js';
import type { DatasetKind } from '../graph/types.js';
import { type Part, partOf } from './part-of.js';

/** A Mermaid flowchart from sources on the left to consumers on the right. */
export const toMermaid = (graph: LineageGraph, part?: Part): string => {
  const { ids, edges } = partOf(graph, part);
  const numbers = new Map(ids.map((id, index) => [id, `n${index}`]));
  const nodes = ids.map((id) => `  ${numbers.get(id)}${shape(graph.dataset(id)?.kind, text(graph.shortName(id)))}`);
  const lines = edges.map(({ from, to }) => `  ${numbers.get(from)} --> ${numbers.get(to)}`);
  return `${['flowchart LR', ...nodes, ...lines].join('\n')}\n`;
};

const shapes: { readonly [kind in DatasetKind]: readonly [string, string] } = {
  table: ['[', ']'],
  view: ['([', '])'],
  file: ['[/', '/]'],
  exposure: ['{{', '}}'],
  unknown: ['(', ')'],
};

const shape = (kind: DatasetKind | undefined, label: string): string => {
  const [open, close] = shapes[kind ?? 'unknown'];
  return `${open}"${label}"${close}`;
};

const entities: { readonly [character: string]: string } = { '#': '#35;', '"': '#quot;', '<': '#lt;', '>': '#gt;' };

/** Nothing in a name may end the label or be taken for markup. */
const text = (name: string): string =>
  name.replace(/[#"<>]/g, (character) => entities[character] ?? character).replace(/[\p{Cc}`\\]/gu, ' ');
