import type { JoinedDataset } from '../graph/join-datasets.js';
import type { LineageGraph } from '../graph/lineage-graph.js';
import type { OperationNode } from '../graph/types.js';

export interface TreeNode {
  readonly dataset: JoinedDataset;
  /** For people. */
  readonly name: string;
  /** Operations that lie between it and its parent in the tree. */
  readonly via: readonly string[];
  /**
   * Why nothing hangs below it although something could: it is one of its own ancestors in the tree, it was shown with all
   * that is below it before, or it is as deep as was asked for.
   */
  readonly mark: 'cycle' | 'repeated' | 'cut' | null;
  readonly children: readonly TreeNode[];
}

export interface TreeOptions {
  /** Most operations between the root and a leaf. Default and limit: 1000. */
  readonly maxDistance?: number | undefined;
}

const deepest = 1000;

/** What a dataset is made from, or what is made from it, as a tree. Each dataset is unfolded once. */
export const lineageTree = (
  graph: LineageGraph,
  id: string,
  direction: 'upstream' | 'downstream',
  { maxDistance = deepest }: TreeOptions = {},
): TreeNode | undefined => {
  const root = graph.dataset(id);
  const unfolding = new Unfolding(graph, direction, Math.min(maxDistance, deepest));
  return root && unfolding.node(root, []);
};

class Unfolding {
  readonly #unfolded = new Set<string>();
  /** From the root to the node that is being unfolded. */
  readonly #path = new Set<string>();

  constructor(
    readonly graph: LineageGraph,
    readonly direction: 'upstream' | 'downstream',
    readonly maxDistance: number,
  ) {}

  node(dataset: JoinedDataset, via: readonly string[]): TreeNode {
    const next = this.#next(dataset.id);
    const mark = next.size === 0 ? null : this.#mark(dataset.id);
    const children = mark === null ? this.#unfold(dataset.id, next) : [];
    return { dataset, name: this.graph.shortName(dataset.id), via, mark, children };
  }

  #mark(id: string): TreeNode['mark'] {
    if (this.#path.has(id)) return 'cycle';
    if (this.#unfolded.has(id)) return 'repeated';
    return this.#path.size >= this.maxDistance ? 'cut' : null;
  }

  #unfold(id: string, next: ReadonlyMap<string, readonly string[]>): readonly TreeNode[] {
    this.#unfolded.add(id);
    this.#path.add(id);
    const children: TreeNode[] = [];
    for (const [other, via] of next) {
      const dataset = this.graph.dataset(other);
      if (dataset) children.push(this.node(dataset, via));
    }
    this.#path.delete(id);
    return children;
  }

  /** Neighbours with the operations that lead to them. */
  #next(id: string): ReadonlyMap<string, readonly string[]> {
    const isUp = this.direction === 'upstream';
    const operations = isUp ? this.graph.operationsInto(id) : this.graph.operationsFrom(id);
    const next = new Map<string, string[]>();
    for (const operation of operations)
      for (const other of isUp ? operation.inputs : operation.outputs) {
        if (other === id) continue;
        next.set(other, [...(next.get(other) ?? []), nameOf(operation)]);
      }
    return next;
  }
}

const nameOf = ({ name }: OperationNode): string => name;
