import { type ExploredLineage, exploreLineage, findDataset, type LineageTarget } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';
import { columns } from '../../render/columns.js';
import { type LineageCommandOptions, warnOfGaps, writeAnswer } from './lineage-output.js';
import { printable } from './printable.js';
import { describeTable, tableData } from './table-description.js';

export interface ShowOptions extends LineageCommandOptions {
  readonly table?: string | undefined;
}

export const runShow: RunCommand<ShowOptions> = async (options, effects) => {
  const explored = await exploreLineage(options, effects);
  const { graph } = explored;
  if (options.table === undefined) {
    writeAnswer({ data: graphData(explored), text: () => overview(explored) }, explored, options, effects);
    return exitCodes.passed;
  }
  const dataset = findDataset(graph, options.table);
  const near = [...graph.upstream(dataset.id, { maxDistance: 1 }), ...graph.downstream(dataset.id, { maxDistance: 1 })];
  const part = new Set([dataset.id, ...near.map((reached) => reached.dataset.id)]);
  const answer = { data: tableData(graph, dataset), text: () => describeTable(graph, dataset), part };
  writeAnswer(answer, explored, options, effects);
  warnOfGaps(explored, options, effects);
  return exitCodes.passed;
};

type Graph = ExploredLineage['graph'];

const graphData = ({ graph, problems }: ExploredLineage) => ({
  ...{ operations: graph.operationCount, column_edges: graph.columnEdgeCount },
  datasets: graph.datasets.map((dataset) => ({
    ...{ id: dataset.id, name: graph.shortName(dataset.id), kind: dataset.kind, is_dropped: dataset.isDropped },
    ...{ aliases: dataset.aliases, columns: dataset.columns.map(({ name }) => name) },
  })),
  problems: problems.map(({ place, message, isNote = false }) => ({ place, message, is_note: isNote })),
});

const overview = ({ graph, problems }: ExploredLineage): string => {
  const edges = count(graph.columnEdgeCount, 'column edge');
  const counted = `${count(graph.datasets.length, 'dataset')}, ${count(graph.operationCount, 'operation')}, ${edges}\n`;
  const rows = graph.datasets.map((dataset) => datasetRow(graph, dataset));
  const table =
    rows.length === 0 ? '' : `\n${columns([['DATASET', 'KIND', 'MADE FROM', 'FEEDS', 'COLUMNS'], ...rows])}`;
  return `${counted}${table}${section('Problems', problems, false)}${section('Notes', problems, true)}`;
};

const datasetRow = (
  graph: Graph,
  { id, kind, isDropped, columns: known }: LineageTarget['dataset'],
): readonly string[] => [
  printable(graph.shortName(id)),
  isDropped ? `${kind}, dropped` : kind,
  amount(graph.upstream(id, { maxDistance: 1 }).length),
  amount(graph.downstream(id, { maxDistance: 1 }).length),
  amount(known.length),
];

const amount = (number: number): string => (number === 0 ? '–' : String(number));

const section = (title: string, problems: ExploredLineage['problems'], isNote: boolean): string => {
  const shown = problems.filter((problem) => (problem.isNote ?? false) === isNote);
  if (shown.length === 0) return '';
  return `\n${title}\n${shown.map(({ place, message }) => `  ${printable(place)}: ${printable(message)}\n`).join('')}`;
};
