import type { TransformationSubtype, TransformationType } from '@aegis/spec';
import { z } from 'zod';
import type { JoinedDataset } from '../graph/join-datasets.js';
import type { LineageGraph } from '../graph/lineage-graph.js';
import type { OperationNode } from '../graph/types.js';
import type { Part } from './part-of.js';

const types = ['DIRECT', 'INDIRECT'] as const satisfies readonly TransformationType[];
const subtypes = [
  ...(['IDENTITY', 'TRANSFORMATION', 'AGGREGATION', 'JOIN', 'GROUP_BY', 'FILTER', 'SORT', 'WINDOW'] as const),
  'CONDITIONAL' as const,
] satisfies readonly TransformationSubtype[];

const operationKinds = [
  ...(['create_table', 'create_table_as', 'create_view', 'insert', 'update', 'delete', 'merge', 'copy'] as const),
  ...(['drop', 'rename', 'alter', 'model', 'job'] as const),
];

const dataset = z.object({
  id: z.string(),
  kind: z.enum(['table', 'view', 'file', 'exposure', 'unknown']),
  /** The first is the one that its id is made of. */
  names: z.array(z.object({ namespace: z.string(), name: z.string(), engine: z.string().optional() })).min(1),
  labels: z.array(z.string()),
  columns: z.array(z.object({ name: z.string(), type: z.string().optional() })),
  warehouse: z.string().optional(),
  isDropped: z.boolean(),
});

const operation = z.object({
  ...{ id: z.string(), namespace: z.string(), name: z.string(), kind: z.enum(operationKinds) },
  origin: z.enum(['openlineage', 'marquez', 'dbt', 'sql', 'oplog']),
  ...{ inputs: z.array(z.string()), outputs: z.array(z.string()) },
  ...{ sql: z.string().nullable(), parserName: z.string().nullable() },
  ...{ runId: z.string().nullable(), ranAt: z.string().nullable() },
  status: z.enum(['completed', 'running', 'failed', 'unknown']),
  rowsWritten: z.string().nullable(),
  parent: z.object({ namespace: z.string(), name: z.string() }).optional(),
});

const columnEdge = z.object({
  from: z.object({ dataset: z.string(), column: z.string() }),
  to: z.object({ dataset: z.string(), column: z.string().nullable() }),
  ...{ type: z.enum(types), subtype: z.enum(subtypes) },
  ...{ expression: z.string().nullable(), operation: z.string() },
});

/** A whole graph as JSON. */
export const graphJsonSchema = z.object({
  schema: z.literal('aegis.dev/lineage/v1'),
  ...{ datasets: z.array(dataset), operations: z.array(operation), columns: z.array(columnEdge) },
});

export type GraphJson = z.infer<typeof graphJsonSchema>;

/** The graph, or the part of it between some datasets, as data that reads back as the same graph. */
export const graphToJson = (graph: LineageGraph, part?: Part): GraphJson => {
  const isShown = (id: string): boolean => part?.has(id) ?? true;
  const operations = [...graph.operations()].map(within(isShown)).filter((each) => part === undefined || touches(each));
  return {
    schema: 'aegis.dev/lineage/v1',
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

type DatasetJson = GraphJson['datasets'][number];
type OperationJson = GraphJson['operations'][number];

const within =
  (isShown: (id: string) => boolean) =>
  (operation: OperationNode): OperationJson => ({
    ...operation,
    ...{ inputs: operation.inputs.filter(isShown), outputs: operation.outputs.filter(isShown) },
  });

const touches = ({ inputs, outputs }: OperationJson): boolean => inputs.length + outputs.length > 0;
