import type { TracedDataset } from '@aegis/spec';
import type { TraceIndex } from './trace-index.js';

/** Everything that a dataset is made from, nearest first. */
export const ancestorsOf = (index: TraceIndex, dataset: string): readonly TracedDataset[] => {
  const found = new Map<string, TracedDataset>();
  for (const parent of index.parentsOf(dataset)) found.set(parent.id, parent);
  for (const id of found.keys())
    for (const parent of index.parentsOf(id)) if (parent.id !== dataset) found.set(parent.id, parent);
  return [...found.values()];
};
