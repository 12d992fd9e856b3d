import type { TransformationSubtype, TransformationType } from '@aegis/spec';
import { graphJsonVersion } from '../export/graph-json.js';
import type { DatasetKind, OperationKind, OperationNode, Origin } from '../graph/types.js';
import { type DatasetName, locatedName, parseDatasetName } from '../names/dataset-name.js';
import type { ImportTarget } from './import-target.js';
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from './reading.js';

export const isGraphJson = (value: unknown): value is JsonRecord =>
  isRecord(value) && typeof value.schema === 'string' && value.schema.startsWith('aegis.dev/lineage/');

/** Takes a graph that was exported as JSON back in. */
export const importGraphJson = (value: JsonRecord, place: string, target: ImportTarget): void => {
  if (value.schema !== graphJsonVersion) {
    target.builder.problems.problem(place, `a graph of the version ${String(value.schema)} is not known`);
    return;
  }
  const reading = new GraphReading(place, target);
  for (const dataset of listOf(value.datasets)) reading.dataset(recordOf(dataset));
  for (const operation of listOf(value.operations)) reading.operation(recordOf(operation));
  for (const edge of listOf(value.columns)) reading.columnEdge(recordOf(edge));
};

const forever = '9999-12-31T23:59:59.999Z';

class GraphReading {
  readonly #datasets = new Map<string, number>();
  readonly #operations = new Map<string, number>();

  constructor(
    readonly place: string,
    readonly target: ImportTarget,
  ) {}

  dataset({ id, kind, names, labels, columns, warehouse, isDropped }: JsonRecord): void {
    const { builder, source } = this.target;
    const [first, ...aliases] = listOf(names).flatMap((name) => nameOf(recordOf(name)) ?? []);
    const key = textOf(id);
    if (!first || key === undefined) {
      this.#skip('a dataset');
      return;
    }
    const facts = { kind: oneOf(kinds, kind), columns: columnsOf(columns), aliases, warehouse: textOf(warehouse) };
    const number = builder.dataset(first, source, facts);
    for (const label of listOf(labels)) builder.dataset(first, source, { label: textOf(label) });
    if (isDropped === true) builder.dropped(number, forever);
    this.#datasets.set(key, number);
  }

  operation(record: JsonRecord): void {
    const [id, name] = [textOf(record.id), textOf(record.name)];
    const [kind, origin] = [oneOf(operationKinds, record.kind), oneOf(origins, record.origin)];
    if (id === undefined || name === undefined || !kind || !origin) {
      this.#skip('an operation');
      return;
    }
    const number = this.target.builder.operation({
      ...{ namespace: textOf(record.namespace) ?? '', name, kind, origin },
      ...{ inputs: this.#numbers(record.inputs), outputs: this.#numbers(record.outputs) },
      ...{ sql: textOf(record.sql) ?? null, parserName: textOf(record.parserName) ?? null },
      run: {
        ...{ runId: textOf(record.runId) ?? null, at: textOf(record.ranAt) ?? null },
        ...{ status: oneOf(statuses, record.status) ?? 'unknown', rowsWritten: textOf(record.rowsWritten) ?? null },
      },
      parent: parentOf(recordOf(record.parent)),
    });
    this.#operations.set(id, number);
  }

  columnEdge(record: JsonRecord): void {
    const [from, to] = [recordOf(record.from), recordOf(record.to)];
    const [start, end] = [this.#number(from.dataset), this.#number(to.dataset)];
    const operation = this.#operations.get(textOf(record.operation) ?? '');
    const [type, subtype] = [oneOf(types, record.type), oneOf(subtypes, record.subtype)];
    const column = textOf(from.column);
    if (
      start === undefined ||
      end === undefined ||
      operation === undefined ||
      column === undefined ||
      !type ||
      !subtype
    ) {
      this.#skip('a column edge');
      return;
    }
    this.target.builder.columnEdge({
      ...{ from: { dataset: start, column }, to: { dataset: end, column: textOf(to.column) ?? null } },
      ...{ type, subtype, expression: textOf(record.expression) ?? null, operation },
    });
  }

  #number(id: unknown): number | undefined {
    return this.#datasets.get(textOf(id) ?? '');
  }

  #numbers(ids: unknown): readonly number[] {
    return listOf(ids).flatMap((id) => this.#number(id) ?? []);
  }

  #skip(what: string): void {
    this.target.builder.problems.problem(this.place, `${what} of the graph lacks what it needs`);
  }
}

const nameOf = ({ namespace, name, engine }: JsonRecord): DatasetName | undefined => {
  const text = textOf(name);
  if (text === undefined) return undefined;
  const place = textOf(namespace);
  return place === undefined ? { ...parseDatasetName(text), engine: textOf(engine) } : locatedName(place, text);
};

const columnsOf = (columns: unknown): readonly { readonly name: string; readonly type?: string | undefined }[] =>
  listOf(columns).flatMap((column) => {
    const { name, type } = recordOf(column);
    const text = textOf(name);
    return text === undefined ? [] : [{ name: text, ...(textOf(type) && { type: textOf(type) }) }];
  });

const parentOf = ({ namespace, name }: JsonRecord): OperationNode['parent'] => {
  const text = textOf(name);
  return text === undefined ? undefined : { namespace: textOf(namespace) ?? '', name: text };
};

type Words<Word extends string> = { readonly [word in Word]: true };

const kinds: Words<DatasetKind> = { table: true, view: true, file: true, exposure: true, unknown: true };
const origins: Words<Origin> = { openlineage: true, marquez: true, dbt: true, sql: true, oplog: true };
const statuses: Words<OperationNode['status']> = { completed: true, running: true, failed: true, unknown: true };
const types: Words<TransformationType> = { DIRECT: true, INDIRECT: true };
const subtypes: Words<TransformationSubtype> = {
  ...{ IDENTITY: true, TRANSFORMATION: true, AGGREGATION: true, JOIN: true, GROUP_BY: true, FILTER: true },
  ...{ SORT: true, WINDOW: true, CONDITIONAL: true },
};
const operationKinds: Words<OperationKind> = {
  ...{ create_table: true, create_table_as: true, create_view: true, insert: true, update: true, delete: true },
  ...{ merge: true, copy: true, drop: true, rename: true, alter: true, model: true, job: true },
};

const oneOf = <Word extends string>(words: Words<Word>, value: unknown): Word | undefined =>
  typeof value === 'string' && Object.hasOwn(words, value) ? (value as Word) : undefined;
