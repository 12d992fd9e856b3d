import { type Adjacency, neighbours } from './adjacency.js';

/** Datasets in the order that they were reached, with how many operations lie between. */
export interface Walk {
  readonly nodes: readonly number[];
  readonly distances: ReadonlyMap<number, number>;
  /** How many edges were looked at: each at most once. */
  readonly edgesSeen: number;
  /** Whether more lies beyond the greatest distance. */
  readonly wasCut: boolean;
}

export interface Steps {
  /** From a dataset to operations. */
  readonly out: Adjacency;
  /** From an operation to datasets. */
  readonly over: Adjacency;
}

/** Breadth first from a dataset, over operations; every operation and every dataset is entered once, so cycles end. */
export const walk = (start: number, { out, over }: Steps, maxDistance = Number.POSITIVE_INFINITY): Walk => {
  const distances = new Map([[start, 0]]);
  const operations = new Set<number>();
  const nodes = [start];
  let edgesSeen = 0;
  let wasCut = false;
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] ?? start;
    const distance = (distances.get(node) ?? 0) + 1;
    for (const operation of neighbours(out, node)) {
      edgesSeen++;
      if (operations.has(operation)) continue;
      if (distance > maxDistance) {
        wasCut ||= neighbours(over, operation).some((next) => !distances.has(next));
        continue;
      }
      operations.add(operation);
      for (const next of neighbours(over, operation)) {
        edgesSeen++;
        if (distances.has(next)) continue;
        distances.set(next, distance);
        nodes.push(next);
      }
    }
  }
  return { nodes, distances, edgesSeen, wasCut };
};
