import type { TracedDataset } from '@aegis/spec';
import type { TraceIndex } from '../trace-index.js';

/** A dataset and all that is made of it on the way to the failing table, in the order in which it is made. */
export const chainFrom = (dataset: TracedDataset, index: TraceIndex): readonly TracedDataset[] => {
  const reaches = new Map<string, boolean>();
  const isMadeOf = (id: string): boolean => {
    const known = reaches.get(id);
    if (known !== undefined) return known;
    reaches.set(id, false);
    const answer = id === dataset.id || index.parentsOf(id).some((parent) => isMadeOf(parent.id));
    reaches.set(id, answer);
    return answer;
  };
  return madeOrder(index).filter(({ id }) => isMadeOf(id));
};

/** Every dataset after what it is made from, as far as there are no cycles; the failing table is the last. */
export const madeOrder = (index: TraceIndex): readonly TracedDataset[] => {
  const ordered: TracedDataset[] = [];
  const seen = new Set<string>();
  const visit = (dataset: TracedDataset): void => {
    if (seen.has(dataset.id)) return;
    seen.add(dataset.id);
    for (const parent of index.parentsOf(dataset.id)) visit(parent);
    ordered.push(dataset);
  };
  visit(index.target);
  return ordered;
};
