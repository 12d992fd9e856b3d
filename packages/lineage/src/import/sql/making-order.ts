import type { LineageGraph } from '../../graph/lineage-graph.js';
import type { OperationNode } from '../../graph/types.js';

/**
 * Operations after those that first made what they read, and those that write a table in the order of the sources, so that
 * its columns are known to all but the first. What waits for itself in a circle comes last, in the order of the sources.
 */
export const inOrderOfMaking = (
  graph: LineageGraph,
  isWanted: (operation: OperationNode) => boolean,
): readonly OperationNode[] => {
  const wanted = [...graph.operations()].filter(isWanted);
  const waits = waitingFor(wanted);
  const followers = Map.groupBy(
    waits.flatMap((before, after) => [...before].map((first) => [first, after] as const)),
    ([first]) => first,
  );
  const ready = [...wanted.keys()].filter((index) => waits[index]?.size === 0);
  for (let at = 0; at < ready.length; at++)
    for (const [first, after] of followers.get(ready[at] ?? -1) ?? []) {
      const left = waits[after];
      if (left?.delete(first) && left.size === 0) ready.push(after);
    }
  const done = new Set(ready);
  return [...ready, ...[...wanted.keys()].filter((index) => !done.has(index))].flatMap((index) => wanted[index] ?? []);
};

/** Of each operation, by their places in the list. */
const waitingFor = (wanted: readonly OperationNode[]): readonly Set<number>[] => {
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  for (const [index, { outputs }] of wanted.entries())
    for (const output of outputs) if (!first.has(output)) first.set(output, index);
  return wanted.map(({ inputs, outputs }, index) => {
    const before = new Set([...inputs.map((input) => first.get(input)), ...outputs.map((output) => last.get(output))]);
    for (const output of outputs) last.set(output, index);
    return new Set([...before].filter((each): each is number => each !== undefined && each !== index));
  });
};
