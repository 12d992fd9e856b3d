import {
  type ColumnEdge,
  type JoinedDataset,
  type LineageGraph,
  type OperationNode,
  withoutRows,
} from '@aegis/lineage';
import { fence } from '@aegis/llm';
import { shownName } from '../shown-name.js';

/** What a model is told of one dataset, at two lengths. */
export interface DatasetText {
  readonly name: string;
  /** With the SQL that made it. */
  readonly whole: string;
  /** Columns and inputs alone. */
  readonly brief: string;
}

/** Structure only: names, types, SQL without rows, and who feeds whom. */
export const textOf = (
  graph: LineageGraph,
  dataset: JoinedDataset,
  distance: number,
  mask: (text: string) => string,
): DatasetText => {
  const name = shownName(graph.shortName(dataset.id));
  const operations = graph.operationsInto(dataset.id);
  const head = [
    `## ${name} (${dataset.kind}${dataset.isDropped ? ', dropped since' : ''}, ${distance === 0 ? 'the table asked about' : `${distance} steps up`})`,
    ...operations.map((operation) => madeBy(graph, operation)),
    ...columnLines(graph, dataset, mask),
  ];
  const sql = operations.flatMap((operation) => sqlOf(operation, mask));
  return { name, brief: head.join('\n'), whole: [...head, ...sql].join('\n') };
};

const madeBy = (graph: LineageGraph, { name, kind, inputs }: OperationNode): string =>
  `Made by ${shownName(name)} (${kind}) from ${inputs.map((input) => shownName(graph.shortName(input))).join(', ') || 'no table'}.`;

const sqlOf = (
  { name, kind, sql, inputs, parserName }: OperationNode,
  mask: (text: string) => string,
): readonly string[] => {
  if (sql === null) return [`The SQL of ${shownName(name)} is not known.`];
  const holdsDataAlone = inputs.length === 0 && kind !== 'create_table';
  return [fence(`SQL of ${name}`, mask(withoutRows(sql, parserName ?? '', { constants: holdsDataAlone })))];
};

const columnLines = (
  graph: LineageGraph,
  dataset: JoinedDataset,
  mask: (text: string) => string,
): readonly string[] => {
  const edges = graph.columnEdgesInto(dataset.id);
  const named = dataset.columns.map(({ name, type }) => ({ name, type }));
  if (named.length === 0) return ['Its columns are not known.'];
  return [
    `Columns: ${named.map(({ name, type }) => `${shownName(name)}${type === undefined ? '' : ` ${shownName(mask(type))}`}${origin(name, edges, graph)}`).join('; ')}.`,
    ...decidersOf(edges, graph, mask),
  ];
};

const origin = (name: string, edges: readonly ColumnEdge[], graph: LineageGraph): string => {
  const own = edges.filter(({ to }) => to.column?.toLowerCase() === name.toLowerCase());
  const from = new Set(own.map(({ from: { dataset, column } }) => shownName(`${graph.shortName(dataset)}.${column}`)));
  return from.size === 0 ? '' : ` from ${[...from].join(' and ')}`;
};

const decidersOf = (
  edges: readonly ColumnEdge[],
  graph: LineageGraph,
  mask: (text: string) => string,
): readonly string[] => {
  const told = edges
    .filter(({ to }) => to.column === null)
    .map(
      ({ from, subtype }) =>
        `${shownName(`${graph.shortName(from.dataset)}.${from.column}`)} (${subtype.toLowerCase()})`,
    );
  return told.length === 0 ? [] : [mask(`Which rows it has is decided by ${[...new Set(told)].join(', ')}.`)];
};
