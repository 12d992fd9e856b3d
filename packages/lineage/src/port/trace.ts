import type { LineageTrace, TableName, TracedColumnEdge, TracedDataset, TracedOperation } from '@aegis/spec';
import type { JoinedDataset } from '../graph/join-datasets.js';
import type { LineageGraph } from '../graph/lineage-graph.js';
import type { OperationNode } from '../graph/types.js';
import { type DatasetName, fullName, parseDatasetName } from '../names/dataset-name.js';

export interface TraceOptions {
  readonly maxDistance?: number | undefined;
  readonly resolveFile?: ((path: string) => string) | undefined;
}

/** What a table is made from, as the spec has it. `asked` is the name that the dataset was found by. */
export const traceOf = (
  graph: LineageGraph,
  target: JoinedDataset,
  asked: string,
  { maxDistance, resolveFile = (path) => path }: TraceOptions,
): LineageTrace => {
  const address = new Address(parseDatasetName(asked), target, resolveFile);
  const reached = [{ dataset: target, distance: 0 }, ...graph.upstream(target.id, { maxDistance })];
  const ids = new Set(reached.map(({ dataset }) => dataset.id));
  const operations = operationsInto(graph, ids);
  const wasCut = graph.walkUp(target.id, { maxDistance }).wasCut;
  return {
    target: target.id,
    datasets: reached.map((each) => tracedDataset(graph, each, address)),
    operations: operations.map((operation) => tracedOperation(operation, ids)),
    columns: [...ids].flatMap((id) => graph.columnEdgesInto(id)).filter(isBetween(ids)),
    gaps: [...operations.flatMap((operation) => gapsOf(operation, graph)), ...cut(wasCut, maxDistance)],
  };
};

const operationsInto = (graph: LineageGraph, ids: ReadonlySet<string>): readonly OperationNode[] => {
  const found = [...ids].flatMap((id) => graph.operationsInto(id));
  return [...new Map(found.map((operation) => [operation.id, operation])).values()];
};

const isBetween =
  (ids: ReadonlySet<string>) =>
  ({ from, to }: TracedColumnEdge): boolean =>
    ids.has(from.dataset) && ids.has(to.dataset);

const tracedDataset = (
  graph: LineageGraph,
  { dataset, distance }: { readonly dataset: JoinedDataset; readonly distance: number },
  address: Address,
): TracedDataset => ({
  ...{ id: dataset.id, name: graph.shortName(dataset.id), table: address.of(dataset), kind: dataset.kind },
  ...{ columns: dataset.columns.map(({ name }) => name), distance, isDropped: dataset.isDropped },
  ...(dataset.warehouse !== undefined && { warehouse: dataset.warehouse }),
});

/** An operation with several outputs is told as the one that made what is in the trace. */
const tracedOperation = (operation: OperationNode, ids: ReadonlySet<string>): TracedOperation => ({
  ...{ id: operation.id, kind: operation.kind, name: operation.name },
  output: operation.outputs.find((output) => ids.has(output)) ?? '',
  ...{ inputs: operation.inputs, sql: operation.sql, parserName: operation.parserName },
  ...{ ranAt: operation.ranAt, rowsWritten: operation.rowsWritten },
});

const gapsOf = (operation: OperationNode, graph: LineageGraph): readonly string[] => {
  const gaps = operation.sql === null ? [`the SQL of ${operation.name} is not known`] : [];
  const lacksColumns = operation.inputs.length > 0 && !graph.hasColumns(operation);
  return lacksColumns ? [...gaps, `the columns that ${operation.name} moves are not known`] : gaps;
};

const cut = (wasCut: boolean, maxDistance: number | undefined): readonly string[] =>
  wasCut ? [`datasets more than ${maxDistance} operations away were left out`] : [];

/**
 * How the asking rule's warehouse is asked for datasets. The rule's own name says which catalog its connection is in: where
 * it left that out, so do the names of others in the same catalog.
 */
class Address {
  readonly #ownCatalog: string | undefined;

  constructor(
    asked: DatasetName,
    target: JoinedDataset,
    readonly resolveFile: (path: string) => string,
  ) {
    const parts = target.tableName?.kind === 'table' ? target.tableName.parts : [];
    this.#ownCatalog = parts.length > 2 && asked.kind === 'table' && asked.parts.length < 3 ? parts[0] : undefined;
  }

  of({ tableName, kind }: JoinedDataset): TableName | null {
    if (!tableName || kind === 'exposure') return null;
    if (tableName.kind === 'file') return fileTable(tableName, this.resolveFile);
    const { parts } = tableName;
    return { kind: 'named', parts: parts.length > 2 && parts[0] === this.#ownCatalog ? parts.slice(-2) : parts };
  }
}

const formats = {
  parquet: 'parquet',
  pq: 'parquet',
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
} as const;

/** A folder or a file that no engine reads in place is no table. */
const fileTable = (name: DatasetName, resolveFile: (path: string) => string): TableName | null => {
  const [, ending] = /\.(\w+)(?:\.gz|\.zst)?$/.exec(name.name.toLowerCase()) ?? [];
  const format = ending !== undefined && ending in formats ? formats[ending as keyof typeof formats] : undefined;
  if (format === undefined) return null;
  if (name.namespace !== 'file') return { kind: 'file', path: fullName(name), format };
  return { kind: 'file', path: resolveFile(name.name), format, written: name.name };
};
