import { type Adjacency, neighbours } from './adjacency.js';
import type { Observed } from './assemble.js';
import { type ColumnIndex, indexColumns } from './column-index.js';
import type { JoinedDataset } from './join-datasets.js';
import { NameResolver, type Resolution } from './resolve-name.js';
import type { ColumnEdge, ColumnReference, ImportProblem, OperationNode } from './types.js';
import { type Walk, walk } from './walk.js';
import { type ColumnWalk, walkColumns } from './walk-columns.js';

export interface GraphParts {
  readonly observed: Observed;
  readonly datasets: readonly JoinedDataset[];
  readonly nodeOf: (name: number) => number;
  readonly inputs: Adjacency;
  readonly outputs: Adjacency;
  readonly readers: Adjacency;
  readonly writers: Adjacency;
  readonly edgesInto: Adjacency;
  readonly edgesFrom: Adjacency;
}

/** A dataset on the way, and how many operations lie between. */
export interface Reached {
  readonly dataset: JoinedDataset;
  readonly distance: number;
}

export interface WalkOptions {
  /** Most operations in between. Default: no limit. */
  readonly maxDistance?: number | undefined;
}

/** Datasets, operations and columns, with who feeds whom. Does not change; a walk looks at each edge at most once. */
export class LineageGraph {
  readonly problems: readonly ImportProblem[];
  readonly #parts: GraphParts;
  readonly #ids: ReadonlyMap<string, number>;
  #resolver: NameResolver | undefined;
  #columnIndex: ColumnIndex | undefined;
  readonly #numbers = new WeakMap<OperationNode, number>();

  constructor(parts: GraphParts) {
    this.#parts = parts;
    this.#ids = new Map(parts.datasets.map(({ id }, node) => [id, node]));
    this.problems = parts.observed.problems.all();
  }

  /** In the order that they were first seen. */
  get datasets(): readonly JoinedDataset[] {
    return this.#parts.datasets;
  }

  get operationCount(): number {
    return this.#parts.observed.operations.length;
  }

  get columnEdgeCount(): number {
    return this.#parts.observed.columns.length;
  }

  dataset(id: string): JoinedDataset | undefined {
    return this.#parts.datasets[this.#node(id)];
  }

  /** Which dataset a name as people and rules write it means. */
  resolve(name: string): Resolution {
    this.#resolver ??= new NameResolver(this.#parts);
    return this.#resolver.resolve(name);
  }

  /** The shortest name that {@link resolve} takes for this dataset alone. */
  shortName(id: string): string {
    this.#resolver ??= new NameResolver(this.#parts);
    return this.#resolver.shortName(this.#node(id));
  }

  *operations(): Iterable<OperationNode> {
    for (let operation = 0; operation < this.operationCount; operation++) yield this.#operation(operation);
  }

  /** Operations that wrote a dataset, in the order they ran. */
  operationsInto(id: string): readonly OperationNode[] {
    return this.#operations(this.#parts.writers, id);
  }

  /** Operations that read a dataset, in the order they ran. */
  operationsFrom(id: string): readonly OperationNode[] {
    return this.#operations(this.#parts.readers, id);
  }

  /** Datasets that this one is made from, the nearest first; without itself. */
  upstream(id: string, options: WalkOptions = {}): readonly Reached[] {
    return this.#reached(this.walkUp(id, options));
  }

  /** Datasets that are made from this one, the nearest first; without itself. */
  downstream(id: string, options: WalkOptions = {}): readonly Reached[] {
    return this.#reached(this.walkDown(id, options));
  }

  walkUp(id: string, { maxDistance }: WalkOptions = {}): Walk {
    const { writers, inputs } = this.#parts;
    return walk(this.#node(id), { out: writers, over: inputs }, maxDistance);
  }

  walkDown(id: string, { maxDistance }: WalkOptions = {}): Walk {
    const { readers, outputs } = this.#parts;
    return walk(this.#node(id), { out: readers, over: outputs }, maxDistance);
  }

  /** What a change of a column reaches: columns made from it, and rows that it decides about. */
  walkColumns({ dataset, column }: ColumnReference, { maxDistance }: WalkOptions = {}): ColumnWalk {
    const { observed, nodeOf, readers, outputs, datasets } = this.#parts;
    const { columns, operations } = observed;
    this.#columnIndex ??= indexColumns({ columns, nodeOf, datasets: datasets.length });
    const graph = { index: this.#columnIndex, ...{ columns, nodeOf, operations, readers, outputs } };
    return walkColumns(graph, { node: this.#node(dataset), column }, maxDistance);
  }

  /** Column edges that end in a dataset. */
  columnEdgesInto(id: string): readonly ColumnEdge[] {
    return this.#columnEdges(this.#parts.edgesInto, id);
  }

  /** Column edges that start from a dataset, or from one of its columns, whatever its case. */
  columnEdgesFrom(id: string, column?: string): readonly ColumnEdge[] {
    const { edgesFrom, observed } = this.#parts;
    const lower = column?.toLowerCase();
    const isMeant = (edge: number): boolean =>
      observed.columns.columnName(observed.columns.from(edge)).toLowerCase() === lower;
    const edges = [...neighbours(edgesFrom, this.#node(id))];
    return (lower === undefined ? edges : edges.filter(isMeant)).map((edge) => this.#columnEdge(edge));
  }

  /** Datasets that an operation writes whose columns are not known, and which reads this one. */
  unknownOutputsFrom(id: string): readonly string[] {
    const { readers, outputs, observed } = this.#parts;
    const unknown = [...neighbours(readers, this.#node(id))].filter((each) => !observed.operations[each]?.hasColumns);
    return unknown.flatMap((operation) => [...neighbours(outputs, operation)].map((node) => this.#id(node)));
  }

  /** Datasets that operations write which read this one; with repetitions, and itself where one writes what it reads. */
  outputsFrom(id: string): readonly string[] {
    const { readers, outputs } = this.#parts;
    const operations = [...neighbours(readers, this.#node(id))];
    return operations.flatMap((operation) => [...neighbours(outputs, operation)].map((node) => this.#id(node)));
  }

  *columnEdges(): Iterable<ColumnEdge> {
    for (let edge = 0; edge < this.columnEdgeCount; edge++) yield this.#columnEdge(edge);
  }

  /** Whether the columns that an operation of this graph moves are known. */
  hasColumns(operation: OperationNode): boolean {
    return this.#parts.observed.operations[this.#numbers.get(operation) ?? -1]?.hasColumns ?? false;
  }

  #node(id: string): number {
    return this.#ids.get(id) ?? -1;
  }

  #reached({ nodes, distances }: Walk): readonly Reached[] {
    const reached: Reached[] = [];
    for (let at = 1; at < nodes.length; at++) {
      const dataset = this.#parts.datasets[nodes[at] ?? -1];
      if (dataset) reached.push({ dataset, distance: distances[at] ?? 0 });
    }
    return reached;
  }

  #operations(side: Adjacency, id: string): readonly OperationNode[] {
    return [...neighbours(side, this.#node(id))].map((operation) => this.#operation(operation)).sort(byTime);
  }

  #columnEdges(side: Adjacency, id: string): readonly ColumnEdge[] {
    return [...neighbours(side, this.#node(id))].map((edge) => this.#columnEdge(edge));
  }

  #id(node: number): string {
    return this.#parts.datasets[node]?.id ?? '';
  }

  #operationId(operation: number): string {
    const { namespace = '', name = '' } = this.#parts.observed.operations[operation] ?? {};
    return namespace === '' ? name : `${namespace}/${name}`;
  }

  #operation(operation: number): OperationNode {
    const { observed, inputs, outputs } = this.#parts;
    const seen = observed.operations[operation];
    if (!seen) throw new Error(`there is no operation ${operation}`);
    const node: OperationNode = {
      ...{ id: this.#operationId(operation), namespace: seen.namespace, name: seen.name },
      ...{ kind: seen.kind, origin: seen.origin, sql: seen.sql, parserName: seen.parserName },
      inputs: [...neighbours(inputs, operation)].map((node) => this.#id(node)),
      outputs: [...neighbours(outputs, operation)].map((node) => this.#id(node)),
      ...{ runId: seen.run.runId, ranAt: seen.run.at, status: seen.run.status },
      rowsWritten: seen.run.rowsWritten ?? null,
      ...(seen.parent && { parent: seen.parent }),
    };
    this.#numbers.set(node, operation);
    return node;
  }

  #columnEdge(edge: number): ColumnEdge {
    const { columns } = this.#parts.observed;
    const [from, to] = [columns.from(edge), columns.to(edge)];
    return {
      from: { dataset: this.#datasetOf(from), column: columns.columnName(from) },
      to: { dataset: this.#datasetOf(to), column: columns.columnName(to) || null },
      ...{ type: columns.type(edge), subtype: columns.subtype(edge), expression: columns.expression(edge) },
      operation: this.#operationId(columns.operation(edge)),
    };
  }

  #datasetOf(column: number): string {
    return this.#id(this.#parts.nodeOf(this.#parts.observed.columns.columnDataset(column)));
  }
}

/** What has no time comes first, in the order of its source. */
const byTime = (left: OperationNode, right: OperationNode): number => compare(left.ranAt ?? '', right.ranAt ?? '');

const compare = (left: string, right: string): number => {
  if (left === right) return 0;
  return left < right ? -1 : 1;
};
