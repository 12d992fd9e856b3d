import { type Adjacency, adjacency } from './adjacency.js';
import type { ColumnEdgeStore } from './column-edges.js';
import { Interner } from './growing.js';

/** Columns of joined datasets by number: names of one dataset that differ by case, or by which of its names told them, are one. */
export interface ColumnIndex {
  readonly count: number;
  /** Of each column of the store: the joined one that it is. */
  readonly joined: Uint32Array;
  /** From a joined column to the columns of the store that its edges end in. */
  readonly targets: Adjacency;
  /** The joined columns of a dataset that go by a name. */
  find(node: number, name: string): number | undefined;
}

export interface ColumnsOfGraph {
  readonly columns: ColumnEdgeStore;
  readonly nodeOf: (name: number) => number;
  readonly datasets: number;
}

export const indexColumns = ({ columns, nodeOf, datasets }: ColumnsOfGraph): ColumnIndex => {
  const byDataset = adjacency(datasets, {
    length: columns.columnCount,
    from: (column) => nodeOf(columns.columnDataset(column)),
    to: (column) => column,
  });
  const names = namesOf(columns);
  const { joined, count } = join(byDataset, names);
  const targets = adjacency(count, {
    length: columns.length,
    from: (edge) => joined[columns.from(edge)] ?? 0,
    to: columns.to,
  });
  return { count, joined, targets, find: finder(byDataset, names, joined) };
};

interface ColumnNames {
  /** Of each column of the store: the number of its name. */
  readonly numbers: Uint32Array;
  readonly interner: Interner;
}

const namesOf = (columns: ColumnEdgeStore): ColumnNames => {
  const interner = new Interner();
  const numbers = new Uint32Array(columns.columnCount);
  for (let column = 0; column < numbers.length; column++)
    numbers[column] = interner.number(columns.columnName(column).toLowerCase());
  return { numbers, interner };
};

/** Goes over the columns a dataset at a time, so that what was seen of a name is one number and needs no key. */
const join = ({ starts, targets }: Adjacency, { numbers, interner }: ColumnNames) => {
  const joined = new Uint32Array(numbers.length);
  const lastOf = new Uint32Array(interner.size);
  let count = 0;
  for (let node = 0; node + 1 < starts.length; node++) {
    const first = count;
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const column = targets[at] ?? 0;
      const name = numbers[column] ?? 0;
      const isKnown = (lastOf[name] ?? 0) > first;
      if (!isKnown) lastOf[name] = ++count;
      joined[column] = (lastOf[name] ?? 0) - 1;
    }
  }
  return { joined, count };
};

const finder =
  ({ starts, targets }: Adjacency, { numbers, interner }: ColumnNames, joined: Uint32Array): ColumnIndex['find'] =>
  (node, name) => {
    const wanted = interner.find(name.toLowerCase());
    if (wanted === undefined) return undefined;
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const column = targets[at] ?? 0;
      if (numbers[column] === wanted) return joined[column];
    }
    return undefined;
  };
