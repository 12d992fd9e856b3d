import { type DatasetName, fullName } from '../names/dataset-name.js';
import type { NameIndex } from '../names/name-index.js';
import { type Adjacency, adjacency, type EdgeColumns, reversed } from './adjacency.js';
import type { ColumnEdgeStore } from './column-edges.js';
import type { GraphOptions } from './graph-builder.js';
import { NumberList } from './growing.js';
import { joinDatasets } from './join-datasets.js';
import { LineageGraph } from './lineage-graph.js';
import type { ObservedDataset } from './observed-dataset.js';
import type { ObservedOperation } from './observed-operation.js';
import type { ProblemLog } from './problem-log.js';

/** What was taken in, with which names are one. */
export interface Observed {
  readonly datasets: readonly ObservedDataset[];
  readonly operations: readonly ObservedOperation[];
  readonly columns: ColumnEdgeStore;
  readonly datasetOf: (name: number) => number;
  readonly index: NameIndex;
  /** The number of a name that was taken in. */
  readonly find: (name: DatasetName) => number | undefined;
  readonly overrides: readonly (readonly [number, number])[];
  readonly problems: ProblemLog;
  readonly options: GraphOptions;
}

/** Numbers datasets anew, without names that nobody uses, and lays edges out by them. */
export const assemble = (observed: Observed): LineageGraph => {
  const members = groupNames(observed);
  const nodeOfName = nodeNumbers(observed, members);
  reportUnknownOverrides(observed, nodeOfName);
  const nodeOf = (name: number): number => nodeOfName[name] ?? unknownNode;
  const [inputs, outputs] = tableEdges(observed, nodeOf);
  const counts = { operations: observed.operations.length, datasets: members.length };
  return new LineageGraph({
    ...{ observed, nodeOf, datasets: joinDatasets(observed, members) },
    inputs: adjacency(counts.operations, inputs),
    outputs: adjacency(counts.operations, outputs),
    readers: adjacency(counts.datasets, reversed(inputs)),
    writers: adjacency(counts.datasets, reversed(outputs)),
    ...columnAdjacency(observed, nodeOf, counts.datasets),
  });
};

/** Names of each dataset, in the order in which the datasets were first seen. */
const groupNames = ({ datasets, datasetOf }: Observed): readonly (readonly number[])[] => {
  const groups = new Map<number, number[]>();
  datasets.forEach((_, name) => {
    const dataset = datasetOf(name);
    const group = groups.get(dataset);
    if (group) group.push(name);
    else groups.set(dataset, [name]);
  });
  return [...groups.values()].filter((names) => names.some((name) => datasets[name]?.isSeen));
};

const unknownNode = 0xffffffff;

const nodeNumbers = ({ datasets }: Observed, members: readonly (readonly number[])[]): Uint32Array => {
  const numbers = new Uint32Array(datasets.length).fill(unknownNode);
  members.forEach((names, node) => {
    for (const name of names) numbers[name] = node;
  });
  return numbers;
};

const reportUnknownOverrides = ({ overrides, datasets, problems }: Observed, nodeOfName: Uint32Array): void => {
  for (const [from, to] of overrides) {
    const [name, target] = [datasets[from]?.name, datasets[to]?.name];
    if (nodeOfName[to] !== unknownNode || !name || !target) continue;
    problems.problem('aegis.yaml', `lineage.names: "${name.name}" names ${fullName(target)}, which no source knows`);
  }
};

/** From operations to datasets; names that are one dataset count once. */
const tableEdges = ({ operations }: Observed, nodeOf: (name: number) => number): [EdgeColumns, EdgeColumns] => {
  const [inputs, outputs] = [edgeList(), edgeList()];
  operations.forEach((operation, id) => {
    for (const node of new Set(nodesOf(operation.inputs, nodeOf))) inputs.add(id, node);
    for (const node of new Set(nodesOf(operation.outputs, nodeOf))) outputs.add(id, node);
  });
  return [inputs, outputs];
};

function* nodesOf(names: Iterable<number>, nodeOf: (name: number) => number): Iterable<number> {
  for (const name of names) yield nodeOf(name);
}

interface EdgeList extends EdgeColumns {
  add(from: number, to: number): void;
}

const edgeList = (): EdgeList => {
  const [starts, ends] = [new NumberList(), new NumberList()];
  return {
    get length() {
      return starts.length;
    },
    add: (from, to) => {
      starts.push(from);
      ends.push(to);
    },
    from: (index) => starts.at(index),
    to: (index) => ends.at(index),
  };
};

interface ColumnAdjacency {
  /** From a dataset to the column edges that end in it, and to those that start from it. */
  readonly edgesInto: Adjacency;
  readonly edgesFrom: Adjacency;
}

const columnAdjacency = (
  { columns }: Observed,
  nodeOf: (name: number) => number,
  datasets: number,
): ColumnAdjacency => {
  const by = (end: (edge: number) => number): EdgeColumns => ({
    length: columns.length,
    from: (edge) => nodeOf(columns.columnDataset(end(edge))),
    to: (edge) => edge,
  });
  return { edgesInto: adjacency(datasets, by(columns.to)), edgesFrom: adjacency(datasets, by(columns.from)) };
};
