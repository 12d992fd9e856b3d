import type { LineageGraph } from '../../graph/lineage-graph.js';
import type { OperationNode } from '../../graph/types.js';

/** Operations after those that make what they read; within a cycle, in the order of the sources. */
export const inOrderOfMaking = (
  graph: LineageGraph,
  isWanted: (operation: OperationNode) => boolean,
): readonly OperationNode[] => {
  const wanted = new Map([...graph.operations()].filter(isWanted).map((operation) => [operation.id, operation]));
  const makers = Map.groupBy(makersOf(wanted), ([output]) => output);
  const waiting = new Map([...wanted.values()].map((operation) => [operation.id, waitsFor(operation, makers)]));
  const readers = Map.groupBy(readersOf(wanted), ([input]) => input);
  const ready = [...wanted.values()].filter(({ id }) => waiting.get(id)?.size === 0);
  for (let at = 0; at < ready.length; at++) {
    const done = ready[at];
    for (const output of done?.outputs ?? [])
      for (const [, reader] of readers.get(output) ?? []) {
        const left = waiting.get(reader.id);
        if (!done || !left?.delete(done.id) || left.size > 0) continue;
        ready.push(reader);
      }
  }
  const done = new Set(ready);
  return [...ready, ...[...wanted.values()].filter((operation) => !done.has(operation))];
};

type Pair = readonly [dataset: string, operation: OperationNode];

const makersOf = (wanted: ReadonlyMap<string, OperationNode>): Pair[] =>
  [...wanted.values()].flatMap((operation) => operation.outputs.map((output): Pair => [output, operation]));

const readersOf = (wanted: ReadonlyMap<string, OperationNode>): Pair[] =>
  [...wanted.values()].flatMap((operation) => operation.inputs.map((input): Pair => [input, operation]));

const waitsFor = (operation: OperationNode, makers: ReadonlyMap<string, readonly Pair[]>): Set<string> =>
  new Set(
    operation.inputs
      .flatMap((input) => makers.get(input) ?? [])
      .map(([, maker]) => maker.id)
      .filter((id) => id !== operation.id),
  );
