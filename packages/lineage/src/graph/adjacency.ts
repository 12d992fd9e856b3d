/** Neighbours by number, in two flat arrays: those of `node` are `targets[starts[node]]` up to `targets[starts[node + 1]]`. */
export interface Adjacency {
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** Edges as two columns of equal length, in any order. */
export interface EdgeColumns {
  readonly length: number;
  from(index: number): number;
  to(index: number): number;
}

/** Two passes over the edges; neighbours keep the order of their edges. */
export const adjacency = (nodes: number, edges: EdgeColumns): Adjacency => {
  const starts = new Uint32Array(nodes + 1);
  for (let index = 0; index < edges.length; index++) add(starts, edges.from(index) + 1);
  for (let node = 0; node < nodes; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  return { starts, targets: fill(starts, edges) };
};

const fill = (starts: Uint32Array, edges: EdgeColumns): Uint32Array => {
  const next = starts.slice();
  const targets = new Uint32Array(edges.length);
  for (let index = 0; index < edges.length; index++) {
    const node = edges.from(index);
    targets[next[node] ?? 0] = edges.to(index);
    add(next, node);
  }
  return targets;
};

const add = (counts: Uint32Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1;
};

export const reversed = (edges: EdgeColumns): EdgeColumns => ({
  length: edges.length,
  from: edges.to,
  to: edges.from,
});

/** The neighbours of a node; a view, nothing is copied. */
export const neighbours = ({ starts, targets }: Adjacency, node: number): Uint32Array =>
  targets.subarray(starts[node] ?? 0, starts[node + 1] ?? 0);
