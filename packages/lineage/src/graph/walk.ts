import { type Adjacency, neighbours } from './adjacency.js';

/** Datasets in the order that they were reached, with how many operations lie between. */
export interface Walk {
  readonly nodes: readonly number[];
  /** Of each of the nodes, in the same order. */
  readonly distances: readonly number[];
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
  const seen = new Uint8Array(out.starts.length);
  const operations = new Uint8Array(over.starts.length);
  const nodes = [start];
  const distances = [0];
  let edgesSeen = 0;
  let wasCut = false;
  seen[start] = 1;
  for (let at = 0; at < nodes.length; at++) {
    const distance = (distances[at] ?? 0) + 1;
    for (const operation of neighbours(out, nodes[at] ?? start)) {
      edgesSeen++;
      if (operations[operation] === 1) continue;
      const reached = neighbours(over, operation);
      if (distance > maxDistance) {
        wasCut ||= reached.some((next) => seen[next] !== 1);
        continue;
      }
      operations[operation] = 1;
      edgesSeen += reached.length;
      for (const next of reached) {
        if (seen[next] === 1) continue;
        seen[next] = 1;
        nodes.push(next);
        distances.push(distance);
      }
    }
  }
  return { nodes, distances, edgesSeen, wasCut };
};
