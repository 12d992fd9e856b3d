import type { TracedColumn } from '@aegis/spec';
import type { TraceIndex } from '../trace-index.js';

/** Columns of ancestors that a table's columns are made from, by dataset; names in lower case. */
export type RelevantColumns = ReadonlyMap<string, ReadonlySet<string>>;

/** What columns of a table are made from, values and conditions alike; of whole rows what decides about them. */
export const relevantColumns = (index: TraceIndex, start: string, columns: readonly string[]): RelevantColumns =>
  reachedFrom(
    columns.map((column) => ({ dataset: start, column })),
    index,
  );

/** What decides which rows there are, on every step of the way; `undefined` where lineage does not know all of it. */
export const relevantToRows = (index: TraceIndex): RelevantColumns | undefined =>
  index.gaps.length > 0
    ? undefined
    : reachedFrom(
        index.datasets.flatMap(({ id }) => index.rowEdgesOf(id).map(({ from }) => from)),
        index,
      );

const reachedFrom = (start: readonly TracedColumn[], index: TraceIndex): RelevantColumns => {
  const found = new Map<string, Set<string>>();
  const pending = [...start];
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
