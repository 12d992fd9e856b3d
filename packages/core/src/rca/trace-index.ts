import type { LineageTrace, TracedColumn, TracedColumnEdge, TracedDataset, TracedOperation } from '@aegis/spec';

/** A trace with its parts at hand. Column names are compared without case: sources of lineage spell them as they like. */
export interface TraceIndex {
  readonly target: TracedDataset;
  readonly datasets: readonly TracedDataset[];
  readonly gaps: readonly string[];
  dataset(id: string): TracedDataset | undefined;
  /** What made it, in the order it ran. */
  operationsOf(dataset: string): readonly TracedOperation[];
  operation(id: string): TracedOperation | undefined;
  /** What it is made from, each once; never itself. */
  parentsOf(dataset: string): readonly TracedDataset[];
  /** What the values of a column are made from. */
  inputsOf(column: TracedColumn): readonly TracedColumnEdge[];
  /** The same, and what decides about its values, such as conditions and windows. */
  allInputsOf(column: TracedColumn): readonly TracedColumnEdge[];
  /** What decides about whole rows of a dataset: join keys, filters, grouping. */
  rowEdgesOf(dataset: string): readonly TracedColumnEdge[];
}

export const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** `undefined` where the trace does not hold the dataset that it was asked for. */
export const indexTrace = (trace: LineageTrace): TraceIndex | undefined => {
  const datasets = new Map(withColumns(trace).map((each) => [each.id, each]));
  const target = datasets.get(trace.target);
  if (!target) return undefined;
  const operations = new Map(trace.operations.map((each) => [each.id, each]));
  const made = groupBy(trace.operations, ({ output }) => output);
  const fed = groupBy(trace.columns, ({ to }) => columnKey(to.dataset, to.column));
  const at = <Value>(groups: ReadonlyMap<string, readonly Value[]>, key: string) => groups.get(key) ?? [];
  return {
    ...{ target, datasets: [...datasets.values()], gaps: trace.gaps },
    dataset: (id) => datasets.get(id),
    operation: (id) => operations.get(id),
    operationsOf: (dataset) => at(made, dataset),
    parentsOf: (dataset) => parentsAmong(dataset, at(made, dataset), datasets),
    inputsOf: ({ dataset, column }) => at(fed, columnKey(dataset, column)).filter(({ type }) => type === 'DIRECT'),
    allInputsOf: ({ dataset, column }) => at(fed, columnKey(dataset, column)),
    rowEdgesOf: (dataset) => at(fed, columnKey(dataset, null)),
  };
};

/** Of datasets whose columns the graph does not list, those that are read or made somewhere are known. */
const withColumns = ({ datasets, columns }: LineageTrace): readonly TracedDataset[] => {
  const named = groupBy(
    columns.flatMap(({ from, to }) => [
      from,
      ...(to.column === null ? [] : [{ dataset: to.dataset, column: to.column }]),
    ]),
    ({ dataset }) => dataset,
  );
  const columnsOf = (id: string): readonly string[] => {
    const names = (named.get(id) ?? []).map(({ column }) => column);
    return names.filter((name, position) => names.findIndex((other) => sameName(other, name)) === position);
  };
  return datasets.map((each) => (each.columns.length === 0 ? { ...each, columns: columnsOf(each.id) } : each));
};

const columnKey = (dataset: string, column: string | null): string =>
  JSON.stringify([dataset, column === null ? null : column.toLowerCase()]);

const parentsAmong = (
  dataset: string,
  operations: readonly TracedOperation[],
  datasets: ReadonlyMap<string, TracedDataset>,
): readonly TracedDataset[] =>
  [...new Set(operations.flatMap(({ inputs }) => inputs))].flatMap((id) =>
    id === dataset ? [] : (datasets.get(id) ?? []),
  );

const groupBy = <Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
};
