import type { JoinedDataset } from '../graph/join-datasets.js';
import type { LineageGraph } from '../graph/lineage-graph.js';
import type { ColumnEdge, DatasetColumn, DatasetKind, OperationNode } from '../graph/types.js';
import type { Part } from './part-of.js';

export const graphJsonVersion = 'aegis.dev/lineage/v1';

/** A whole graph as JSON. */
export interface GraphJson {
  readonly schema: typeof graphJsonVersion;
  readonly datasets: readonly DatasetJson[];
  readonly operations: readonly OperationNode[];
  readonly columns: readonly ColumnEdge[];
}

export interface DatasetJson {
  readonly id: string;
  readonly kind: DatasetKind;
  /** The first is the one that its id is made of. */
  readonly names: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly engine?: string | undefined;
  }[];
  readonly labels: readonly string[];
  readonly columns: readonly DatasetColumn[];
  readonly warehouse?: string | undefined;
  readonly isDropped: boolean;
}

/** The graph, or the part of it between some datasets, as data that reads back as the same graph. */
export const graphToJson = (graph: LineageGraph, part?: Part): GraphJson => {
  const isShown = (id: string): boolean => part?.has(id) ?? true;
  const operations = [...graph.operations()].map(within(isShown)).filter((each) => part === undefined || touches(each));
  return {
    schema: graphJsonVersion,
    datasets: graph.datasets.filter(({ id }) => isShown(id)).map(datasetJson),
    operations,
    columns: [...graph.columnEdges()].filter(({ from, to }) => isShown(from.dataset) && isShown(to.dataset)),
  };
};

const datasetJson = ({ id, kind, names, labels, columns, warehouse, isDropped }: JoinedDataset): DatasetJson => ({
  ...{ id, kind, labels: [...labels], columns: columns.map((column) => ({ ...column })), isDropped },
  names: names.map(({ namespace, name, engine }) => ({ namespace, name, ...(engine !== undefined && { engine }) })),
  ...(warehouse !== undefined && { warehouse }),
});

const within =
  (isShown: (id: string) => boolean) =>
  (operation: OperationNode): OperationNode => ({
    ...operation,
    ...{ inputs: operation.inputs.filter(isShown), outputs: operation.outputs.filter(isShown) },
  });

const touches = ({ inputs, outputs }: OperationNode): boolean => inputs.length + outputs.length > 0;
