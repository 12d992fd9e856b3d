import { type DatasetName, fullName } from '../names/dataset-name.js';
import { byNamespace } from '../names/namespace.js';
import type { Observed } from './assemble.js';
import type { ObservedDataset } from './observed-dataset.js';
import type { DatasetColumn, DatasetKind, DatasetNode } from './types.js';

/** A dataset of the graph with every name it was seen under. */
export interface JoinedDataset extends DatasetNode {
  readonly names: readonly DatasetName[];
  /** Names that are no table's, e.g. dbt unique ids. */
  readonly labels: readonly string[];
  /** What the builder calls it. */
  readonly number: number;
  /** The fullest name of a table; `undefined` where no table can be meant. */
  readonly tableName: DatasetName | undefined;
}

/** One node of all that was said under its names. */
export const joinDatasets = (
  { datasets, options }: Observed,
  members: readonly (readonly number[])[],
): readonly JoinedDataset[] => {
  const taken = new Set<string>();
  const warehouses = byNamespace(options.warehouses ?? {});
  return members.map((names) =>
    join(
      names.flatMap((name) => datasets[name] ?? []),
      names[0] ?? 0,
      taken,
      warehouses,
    ),
  );
};

const join = (
  observed: readonly ObservedDataset[],
  number: number,
  taken: Set<string>,
  warehouses: ReadonlyMap<string, string>,
): JoinedDataset => {
  const names = [...observed].sort(fullestFirst).map(({ name }) => name);
  const [first] = names;
  if (!first) throw new Error('a dataset has at least one name');
  const id = freeId(fullName(first), taken);
  const labels = [...new Set(observed.flatMap(({ labels: own }) => [...own]))];
  return {
    ...{ id, namespace: first.namespace, name: first.name, names, labels, number },
    kind: kindOf(observed, first),
    columns: columnsOf(observed),
    aliases: [...new Set([...names.slice(1).map(fullName), ...labels])].filter((alias) => alias !== id),
    warehouse: observed.find(({ warehouse }) => warehouse !== undefined)?.warehouse ?? warehouseOf(names, warehouses),
    isDropped: isDropped(observed),
    tableName: names.find(({ kind }) => kind === 'table') ?? names.find(({ kind }) => kind === 'file'),
  };
};

/** Seen before only mentioned, located before not, tables before files, long before short. */
const fullestFirst = (left: ObservedDataset, right: ObservedDataset): number => rank(right) - rank(left);

const rank = ({ isSeen, name: { namespace, kind, parts } }: ObservedDataset): number =>
  (isSeen ? 1000 : 0) + (kind === 'file' ? 0 : 500) + (namespace === '' ? 0 : 100) + Math.min(parts.length, 99);

const freeId = (wanted: string, taken: Set<string>): string => {
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}#${count}`;
  taken.add(id);
  return id;
};

const kindOf = (observed: readonly ObservedDataset[], first: DatasetName): DatasetKind => {
  const told = observed.find(({ kind }) => kind !== 'unknown')?.kind;
  if (told !== undefined) return told;
  return first.kind === 'other' ? 'unknown' : first.kind;
};

const columnsOf = (observed: readonly ObservedDataset[]): readonly DatasetColumn[] =>
  observed.reduce<readonly DatasetColumn[]>(
    (longest, { columns }) => (columns.length > longest.length ? columns : longest),
    [],
  );

const warehouseOf = (names: readonly DatasetName[], warehouses: ReadonlyMap<string, string>): string | undefined =>
  names.map(({ namespace }) => warehouses.get(namespace)).find((warehouse) => warehouse !== undefined);

/** Written again under any of its names, it is there. */
const isDropped = (observed: readonly ObservedDataset[]): boolean => {
  const drops = observed.flatMap(({ droppedAt }) => droppedAt ?? []);
  const last = drops.sort().at(-1);
  return last !== undefined && observed.every(({ writtenAt }) => writtenAt <= last);
};
