import {
  type ColumnEdge,
  type JoinedDataset,
  type LineageGraph,
  type OperationNode,
  withoutRows,
} from '@aegis/lineage';
import { nodeKind } from './graph-tables.js';
import type { LocatedTable } from './located-table.js';
import type { OperationSql, OperationsOf, SchemaColumn, TableSchema, UpstreamTable, UpstreamTrace } from './results.js';

/** Masks what stands in SQL: constants, and secrets that nobody meant to write there. */
export type MaskText = (text: string) => string;

/** The operations that wrote a dataset, in the order they ran; the newest of them where not all have room. */
export const operationsOf = (
  graph: LineageGraph,
  { id }: JoinedDataset,
  { mask, maxBytes }: { readonly mask: MaskText; readonly maxBytes: number },
): Omit<OperationsOf, 'table'> => {
  const kept: OperationSql[] = [];
  const all = graph.operationsInto(id);
  let room = maxBytes;
  for (const operation of all.toReversed()) {
    const told = operationSql(operation, graph, { mask, maxBytes });
    room -= Buffer.byteLength(JSON.stringify(told));
    if (room < 0 && kept.length > 0) break;
    kept.unshift(told);
  }
  return { operations: kept, leftOut: all.length - kept.length };
};

const operationSql = (
  { name, kind, status, sql, inputs, parserName, ranAt, rowsWritten }: OperationNode,
  graph: LineageGraph,
  { mask, maxBytes }: { readonly mask: MaskText; readonly maxBytes: number },
): OperationSql => {
  const constants = inputs.length === 0 && (kind === 'insert' || kind === 'create_table_as');
  return {
    ...{ operation: name, kind, status },
    sql: sql === null ? null : cut(mask(withoutRows(sql, parserName ?? '', { constants })), maxBytes),
    inputs: inputs.map((input) => graph.shortName(input)),
    ...{ ranAt, rowsWritten },
  };
};

const cut = (text: string, maxBytes: number): string => {
  const most = Math.floor(maxBytes / 2);
  return Buffer.byteLength(text) <= most
    ? text
    : `${text.slice(0, Math.floor(most / 4))} … (cut: ${text.length} characters in all)`;
};

/** Columns as the warehouse has them, else as the graph knows them, with what each is made from. */
export const schemaOf = (
  graph: LineageGraph,
  dataset: JoinedDataset,
  located: LocatedTable | undefined,
  { table, mask }: { readonly table: string; readonly mask: MaskText },
): TableSchema => {
  const edges = graph.columnEdgesInto(dataset.id);
  const isLive = located?.liveness === 'live';
  const named = isLive
    ? located.description.columns.map(({ name, type, nullable }) => ({ name, type: type.native, nullable }))
    : dataset.columns.map(({ name, type = null }) => ({ name, type }));
  return {
    ...{ table, liveness: located?.liveness ?? 'unknown', source: isLive ? 'warehouse' : 'lineage' },
    columns: named.map((column) => ({ ...column, ...originOf(column.name, edges, graph, mask) })),
    rowsDecidedBy: unique(edges.filter(({ to }) => to.column === null).map((edge) => decider(edge, graph, mask))),
  };
};

const originOf = (
  name: string,
  edges: readonly ColumnEdge[],
  graph: LineageGraph,
  mask: MaskText,
): Pick<SchemaColumn, 'madeFrom' | 'expression'> => {
  const own = edges.filter(({ to }) => to.column?.toLowerCase() === name.toLowerCase());
  const expression = own.find((edge) => edge.expression !== null)?.expression ?? null;
  return {
    madeFrom: unique(own.map(({ from }) => columnName(from, graph))),
    expression: expression === null ? null : mask(expression),
  };
};

const decider = ({ from, subtype, expression }: ColumnEdge, graph: LineageGraph, mask: MaskText): string =>
  `${columnName(from, graph)} (${subtype.toLowerCase()}${expression === null ? '' : `: ${mask(expression)}`})`;

const columnName = ({ dataset, column }: ColumnEdge['from'], graph: LineageGraph): string =>
  `${graph.shortName(dataset)}.${column}`;

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const mostUpstream = 200;

/** What a dataset is made from, the nearest first, the dataset itself included. */
export const upstreamOf = (graph: LineageGraph, dataset: JoinedDataset, depth: number): UpstreamTrace => {
  const reached = [{ dataset, distance: 0 }, ...graph.upstream(dataset.id, { maxDistance: depth })];
  return {
    table: graph.shortName(dataset.id),
    tables: reached.slice(0, mostUpstream).map((each) => upstreamTable(graph, each)),
    isTruncated: reached.length > mostUpstream || graph.walkUp(dataset.id, { maxDistance: depth }).wasCut,
  };
};

const upstreamTable = (
  graph: LineageGraph,
  { dataset, distance }: { readonly dataset: JoinedDataset; readonly distance: number },
): UpstreamTable => ({
  ...{ name: graph.shortName(dataset.id), kind: nodeKind(graph, dataset), distance },
  madeBy: graph.operationsInto(dataset.id).map(({ name, kind, inputs }) => ({
    ...{ operation: name, kind },
    inputs: inputs.map((input) => graph.shortName(input)),
  })),
});
