import type { GraphJson } from '../export/graph-json.js';
import { graphJsonSchema } from '../export/graph-json.js';
import type { ColumnEdge, OperationNode } from '../graph/types.js';
import { type DatasetName, locatedName, parseDatasetName } from '../names/dataset-name.js';
import type { ImportTarget } from './import-target.js';
import { isRecord, type JsonRecord } from './reading.js';

export const isGraphJson = (value: unknown): value is JsonRecord =>
  isRecord(value) && typeof value.schema === 'string' && value.schema.startsWith('aegis.dev/lineage/');

/** Takes a graph that was exported as JSON back in. */
export const importGraphJson = (value: JsonRecord, place: string, target: ImportTarget): void => {
  const parsed = graphJsonSchema.safeParse(value);
  if (parsed.success) importGraph(parsed.data, target);
  else {
    const [issue] = parsed.error.issues;
    target.builder.problems.problem(place, `no graph of this version: ${issue?.path.join('.')}: ${issue?.message}`);
  }
};

const forever = '9999-12-31T23:59:59.999Z';

const importGraph = ({ datasets, operations, columns }: GraphJson, target: ImportTarget): void => {
  const { builder, source } = target;
  const numbers = new Map<string, number>();
  for (const { id, names, labels, kind, columns: own, warehouse, isDropped } of datasets) {
    const [first, ...aliases] = names.map(nameOf);
    if (!first) continue;
    const number = builder.dataset(first, source, { kind, columns: own, aliases, warehouse });
    for (const label of labels) builder.dataset(first, source, { label });
    if (isDropped) builder.dropped(number, forever);
    numbers.set(id, number);
  }
  const numbersOf = (ids: readonly string[]): number[] => ids.flatMap((id) => numbers.get(id) ?? []);
  const operationNumbers = new Map(operations.map((each) => [each.id, addOperation(each, numbersOf, target)]));
  for (const edge of columns) addColumnEdge(edge, numbers, operationNumbers.get(edge.operation), target);
};

const nameOf = ({ namespace, name, engine }: GraphJson['datasets'][number]['names'][number]): DatasetName =>
  namespace === '' ? { ...parseDatasetName(name), engine } : locatedName(namespace, name);

const addOperation = (
  { inputs, outputs, runId, ranAt, status, rowsWritten, ...facts }: OperationNode,
  numbersOf: (ids: readonly string[]) => number[],
  { builder }: ImportTarget,
): number =>
  builder.operation({
    ...facts,
    ...{ inputs: numbersOf(inputs), outputs: numbersOf(outputs) },
    run: { runId, at: ranAt, status, rowsWritten },
  });

const addColumnEdge = (
  { from, to, ...edge }: ColumnEdge,
  numbers: ReadonlyMap<string, number>,
  operation: number | undefined,
  { builder }: ImportTarget,
): void => {
  const [start, end] = [numbers.get(from.dataset), numbers.get(to.dataset)];
  if (start === undefined || end === undefined || operation === undefined) return;
  builder.columnEdge({
    ...{ ...edge, operation },
    ...{ from: { dataset: start, column: from.column }, to: { dataset: end, column: to.column } },
  });
};
