import type { Adjacency } from './adjacency.js';
import type { ColumnEdgeStore } from './column-edges.js';
import type { ColumnIndex } from './column-index.js';
import type { ObservedOperation } from './observed-operation.js';

/** How certain it is that a change of the column reaches a dataset. */
export type Reach =
  /** Columns are made from it. */
  | 'columns'
  /** It decides which rows there are, e.g. as a join key or in a filter. */
  | 'rows'
  /** The dataset is made from one that is reached, and which columns it takes is not known. */
  | 'possible';

/** Columns and tables in the order that a change of one column reaches them; a table may be reached in several ways. */
export interface ColumnWalk {
  /** Of each step: the dataset that it arrives at. */
  readonly nodes: readonly number[];
  /** Of each step: the column; `null` where it is whole rows. */
  readonly columns: readonly (string | null)[];
  readonly reaches: readonly Reach[];
  readonly distances: readonly number[];
  /** How many edges were looked at: of columns each at most once, of tables as often as a table is reached in another way. */
  readonly edgesSeen: number;
}

/** What a walk over columns needs of a graph. */
export interface WalkedGraph {
  readonly index: ColumnIndex;
  readonly columns: ColumnEdgeStore;
  readonly nodeOf: (name: number) => number;
  readonly operations: readonly ObservedOperation[];
  readonly readers: Adjacency;
  readonly outputs: Adjacency;
}

export interface ColumnStart {
  readonly node: number;
  readonly column: string;
}

/** Breadth first from a column; nothing where there is no such dataset. */
export const walkColumns = (
  graph: WalkedGraph,
  start: ColumnStart,
  maxDistance = Number.POSITIVE_INFINITY,
): ColumnWalk => {
  const walker = new ColumnWalker(graph);
  if (start.node >= 0) walker.start(start);
  for (let at = 0; at < walker.length; at++) if (walker.distanceOf(at) < maxDistance) walker.leave(at);
  return walker.walk;
};

export const certainty: { readonly [reach in Reach]: number } = { possible: 1, rows: 2, columns: 3 };

/** Stands for a step's column where it is whole rows, or a column that no edge starts from. */
const noColumn = -1;

class ColumnWalker {
  readonly #graph: WalkedGraph;
  readonly #nodes: number[] = [];
  readonly #columns: (string | null)[] = [];
  readonly #joined: number[] = [];
  readonly #reaches: Reach[] = [];
  readonly #distances: number[] = [];
  #edgesSeen = 0;
  /** 1 where a column was reached. */
  readonly #seen: Uint8Array;
  /** Of datasets and of operations: the certainty with which whole rows were reached. */
  readonly #rows: Uint8Array;
  readonly #entered: Uint8Array;
  /** 1 where the readers of a dataset were asked for those of unknown columns. */
  readonly #asked: Uint8Array;

  constructor(graph: WalkedGraph) {
    this.#graph = graph;
    this.#seen = new Uint8Array(graph.index.count);
    this.#rows = new Uint8Array(graph.readers.starts.length);
    this.#asked = new Uint8Array(graph.readers.starts.length);
    this.#entered = new Uint8Array(graph.operations.length);
  }

  get length(): number {
    return this.#nodes.length;
  }

  get walk(): ColumnWalk {
    const [nodes, columns, reaches, distances] = [this.#nodes, this.#columns, this.#reaches, this.#distances];
    return { nodes, columns, reaches, distances, edgesSeen: this.#edgesSeen };
  }

  distanceOf(step: number): number {
    return this.#distances[step] ?? 0;
  }

  start({ node, column }: ColumnStart): void {
    const joined = this.#graph.index.find(node, column) ?? noColumn;
    if (joined !== noColumn) this.#seen[joined] = 1;
    this.#push(node, 0, 'columns', column, joined);
  }

  /** Goes over every edge that leaves a step. */
  leave(step: number): void {
    const node = this.#nodes[step] ?? 0;
    const distance = this.distanceOf(step) + 1;
    if (this.#columns[step] === null) {
      this.#leaveRows(node, distance, this.#reaches[step] ?? 'possible');
    } else {
      this.#leaveColumn(this.#joined[step] ?? noColumn, distance);
      this.#leaveUnknown(node, distance);
    }
  }

  #leaveColumn(joined: number, distance: number): void {
    if (joined === noColumn) return;
    const { starts, targets } = this.#graph.index.targets;
    for (let at = starts[joined] ?? 0; at < (starts[joined + 1] ?? 0); at++) {
      this.#edgesSeen++;
      this.#enterColumn(targets[at] ?? 0, distance);
    }
  }

  #enterColumn(column: number, distance: number): void {
    const { columns, nodeOf, index } = this.#graph;
    const joined = index.joined[column] ?? 0;
    if (this.#seen[joined] === 1) return;
    this.#seen[joined] = 1;
    const node = nodeOf(columns.columnDataset(column));
    const name = columns.columnName(column);
    if (name === '') this.#enterRows(node, distance, 'rows');
    else this.#push(node, distance, 'columns', name, joined);
  }

  /** Steps whose columns are not known may take any of them. */
  #leaveUnknown(node: number, distance: number): void {
    if (this.#asked[node] === 1) return;
    this.#asked[node] = 1;
    const { readers, operations } = this.#graph;
    for (let at = readers.starts[node] ?? 0; at < (readers.starts[node + 1] ?? 0); at++) {
      const operation = readers.targets[at] ?? 0;
      this.#edgesSeen++;
      if (operations[operation]?.hasColumns === false) this.#leaveOperation(operation, distance, 'possible');
    }
  }

  /** Rows that are there or not reach all that is made from their table. */
  #leaveRows(node: number, distance: number, reach: Reach): void {
    const { readers } = this.#graph;
    for (let at = readers.starts[node] ?? 0; at < (readers.starts[node + 1] ?? 0); at++) {
      this.#edgesSeen++;
      this.#leaveOperation(readers.targets[at] ?? 0, distance, reach);
    }
  }

  #leaveOperation(operation: number, distance: number, reach: Reach): void {
    if ((this.#entered[operation] ?? 0) >= certainty[reach]) return;
    this.#entered[operation] = certainty[reach];
    const { starts, targets } = this.#graph.outputs;
    for (let at = starts[operation] ?? 0; at < (starts[operation + 1] ?? 0); at++) {
      this.#edgesSeen++;
      this.#enterRows(targets[at] ?? 0, distance, reach);
    }
  }

  #enterRows(node: number, distance: number, reach: Reach): void {
    if ((this.#rows[node] ?? 0) >= certainty[reach]) return;
    this.#rows[node] = certainty[reach];
    this.#push(node, distance, reach, null, noColumn);
  }

  #push(node: number, distance: number, reach: Reach, column: string | null, joined: number): void {
    this.#nodes.push(node);
    this.#distances.push(distance);
    this.#reaches.push(reach);
    this.#columns.push(column);
    this.#joined.push(joined);
  }
}
