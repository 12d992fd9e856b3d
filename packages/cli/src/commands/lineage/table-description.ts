import type { ExploredLineage, LineageTarget } from '@aegis/project';
import { columns } from '../../render/columns.js';
import { printable } from './printable.js';

type Graph = ExploredLineage['graph'];
type Dataset = LineageTarget['dataset'];
type Operation = ReturnType<Graph['operationsInto']>[number];

/** All that the graph knows of one dataset, as data. */
export const tableData = (graph: Graph, dataset: Dataset) => ({
  ...{ id: dataset.id, namespace: dataset.namespace, name: dataset.name, kind: dataset.kind, aliases: dataset.aliases },
  ...{ warehouse: dataset.warehouse ?? null, is_dropped: dataset.isDropped, columns: dataset.columns },
  made_by: graph.operationsInto(dataset.id),
  read_by: graph.operationsFrom(dataset.id).map(({ id, name, outputs }) => ({ id, name, outputs })),
  column_edges: graph.columnEdgesInto(dataset.id),
});

export const describeTable = (graph: Graph, dataset: Dataset): string =>
  [
    `${printable(graph.shortName(dataset.id))}\n`,
    columns(facts(graph, dataset).map(([name, value]) => [`  ${name}`, printable(value)])),
    columnSection(graph, dataset),
  ].join('');

type Fact = readonly [name: string, value: string];

const facts = (graph: Graph, dataset: Dataset): readonly Fact[] => [
  ['id', dataset.id],
  ...dataset.aliases.map((alias): Fact => ['also called', alias]),
  ['kind', dataset.isDropped ? `${dataset.kind}, dropped` : dataset.kind],
  ...(dataset.warehouse === undefined ? [] : [['warehouse', dataset.warehouse] as const]),
  ...graph.operationsInto(dataset.id).map((operation): Fact => ['made by', operationText(operation)]),
  ...graph
    .upstream(dataset.id, { maxDistance: 1 })
    .map((each): Fact => ['made from', graph.shortName(each.dataset.id)]),
  ...graph.downstream(dataset.id, { maxDistance: 1 }).map((each): Fact => ['feeds', graph.shortName(each.dataset.id)]),
];

const operationText = ({ name, kind, status, ranAt, rowsWritten, parent }: Operation): string => {
  const run = [
    ...(ranAt === null ? [] : [`${status === 'unknown' ? 'ran' : status} ${ranAt}`]),
    ...(rowsWritten === null ? [] : [rowsWritten === '1' ? '1 row' : `${rowsWritten} rows`]),
    ...(parent === undefined ? [] : [`part of ${parent.name}`]),
  ];
  return `${name} (${[kind.replaceAll('_', ' '), ...run].join(', ')})`;
};

const columnSection = (graph: Graph, dataset: Dataset): string => {
  const edges = Map.groupBy(graph.columnEdgesInto(dataset.id), ({ to }) => to.column ?? '');
  const names = [...new Set([...dataset.columns.map(({ name }) => name), ...edges.keys()])];
  if (names.length === 0) return '';
  const types = new Map(dataset.columns.map(({ name, type }) => [name, type ?? '']));
  const rows = names.map((name) => [
    `  ${name === '' ? 'which rows' : printable(name)}`,
    printable(types.get(name) ?? ''),
    [...new Set((edges.get(name) ?? []).map((edge) => source(graph, edge)))].join(', '),
  ]);
  return `\n${columns([['  COLUMN', 'TYPE', 'FROM'], ...rows])}`;
};

const source = (graph: Graph, { from, subtype }: ReturnType<Graph['columnEdgesInto']>[number]): string => {
  const name = printable(`${graph.shortName(from.dataset)}.${from.column}`);
  return subtype === 'IDENTITY' ? name : `${name} (${subtype.toLowerCase().replaceAll('_', ' ')})`;
};
