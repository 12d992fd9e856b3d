import type { TracedDataset } from '@aegis/spec';
import type { TraceIndex } from './trace-index.js';

/** Names on a shortest way up from one dataset to another, both included; only the two where there is none. */
export const pathBetween = (index: TraceIndex, from: TracedDataset, to: TracedDataset): readonly string[] => {
  const ways = new Map<string, readonly TracedDataset[]>([[from.id, [from]]]);
  for (const [id, way] of ways) {
    if (id === to.id) return way.map(({ name }) => name);
    for (const parent of index.parentsOf(id)) if (!ways.has(parent.id)) ways.set(parent.id, [...way, parent]);
  }
  return [from.name, to.name];
};

/** Whether a dataset is, directly or not, made from another. */
export const isMadeFrom = (index: TraceIndex, dataset: string, origin: string): boolean => {
  const seen = new Set([dataset]);
  for (const id of seen) {
    const parents = index.parentsOf(id);
    if (parents.some((parent) => parent.id === origin)) return true;
    for (const parent of parents) seen.add(parent.id);
  }
  return false;
};
