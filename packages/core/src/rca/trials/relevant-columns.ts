import type { TraceIndex } from '../trace-index.js';

/** Columns of ancestors that a table's columns are made from, by dataset; names in lower case. */
export type RelevantColumns = ReadonlyMap<string, ReadonlySet<string>>;

/** What columns of a table are made from, values and conditions alike; of whole rows what decides about them. */
export const relevantColumns = (index: TraceIndex, start: string, columns: readonly string[]): RelevantColumns => {
  const found = new Map<string, Set<string>>();
  const pending = columns.map((column) => ({ dataset: start, column }));
  for (const { dataset, column } of pending) {
    const known = found.get(dataset) ?? new Set<string>();
    const isNewDataset = !found.has(dataset);
    found.set(dataset, known);
    const name = column.toLowerCase();
    if (known.has(name)) continue;
    known.add(name);
    pending.push(...index.allInputsOf({ dataset, column }).map(({ from }) => from));
    if (isNewDataset) pending.push(...index.rowEdgesOf(dataset).map(({ from }) => from));
  }
  return found;
};
