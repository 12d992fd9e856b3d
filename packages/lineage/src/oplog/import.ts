import type { OperationChange, OperationRecord } from '@aegis/spec';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { OperationKind } from '../graph/types.js';
import { madeBy, nameOf, sqlContext } from '../import/sql/import-sql.js';
import { pieces } from '../sql/text/scan.js';

export interface ImportOperationsOptions {
  readonly builder: GraphBuilder;
  /** Where the operations were read, e.g. the path of the audit database. */
  readonly source: string;
}

/**
 * Takes recorded operations into the graph, in the order in which they ran. A statement that ran several times is one
 * operation with the facts of its newest run; what failed changed nothing and is left out with a note.
 */
export const importOperations = (operations: readonly OperationRecord[], options: ImportOperationsOptions): void => {
  const names = new OperationNames();
  for (const operation of operations) {
    if (operation.error === null)
      for (const change of operation.changes) importChange(change, operation, names, options);
    else
      options.builder.problems.note(
        place(operation, options),
        `a statement that failed is left out: ${firstWords(operation.sql)}`,
      );
  }
};

const place = ({ operationId }: OperationRecord, { source }: ImportOperationsOptions): string =>
  `${source}:${operationId}`;

const firstWords = (sql: string): string => sql.trim().split(/\s+/).slice(0, 4).join(' ').slice(0, 60);

const importChange = (
  change: OperationChange,
  record: OperationRecord,
  names: OperationNames,
  options: ImportOperationsOptions,
): void => {
  const { builder, source } = options;
  const { kind, output, inputs } = change;
  if (change.unresolved !== undefined) {
    builder.problems.problem(place(record, options), `${firstWords(record.sql)} …: ${change.unresolved}`);
  }
  if (output === null || !isOperationKind(kind)) return;
  const dataset = datasetNumbers(record, options);
  const written = dataset(output, change);
  const read = inputs.map((input) => dataset(input));
  const gone = kind === 'drop' ? [written] : kind === 'rename' ? read.filter((each) => each !== written) : [];
  const operation = builder.operation({
    ...{ namespace: source, name: names.nameOf(change, record), kind, origin: 'oplog' },
    ...(kind === 'drop' ? { inputs: [], outputs: [] } : { inputs: read, outputs: [written] }),
    ...{ sql: record.sql, parserName: record.parserName },
    run: { runId: record.runId, at: record.finishedAt, status: 'completed', rowsWritten: record.rowsAffected },
  });
  for (const each of gone) builder.dropped(each, record.finishedAt);
  addColumns(change, { written, operation, dataset }, options);
};

/** Names statements by what they do to which table; those that differ by more than their constants are told apart. */
class OperationNames {
  readonly #ordinals = new Map<string, Map<string, number>>();

  nameOf({ kind, output }: OperationChange, { sql, parserName }: OperationRecord): string {
    const name = `${kind} ${output?.join('.')}`;
    const forms = this.#ordinals.get(name) ?? new Map<string, number>();
    this.#ordinals.set(name, forms);
    const form = withoutConstants(sql, parserName);
    const ordinal = forms.get(form) ?? forms.size + 1;
    forms.set(form, ordinal);
    return ordinal === 1 ? name : `${name} ${ordinal}`;
  }
}

const withoutConstants = (sql: string, parserName: string): string =>
  [...pieces(sql, parserName)]
    .map(({ start, end, isCode, isComment }) => {
      if (isComment) return ' ';
      return isCode ? sql.slice(start, end).replace(/\b\d[\w.]*\b/g, '?') : constantOrName(sql.slice(start, end));
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const constantOrName = (quoted: string): string => (quoted.startsWith("'") ? '?' : quoted);

const kinds: ReadonlySet<string> = new Set([
  ...['create_table', 'create_table_as', 'create_view', 'insert', 'update', 'delete', 'merge', 'copy', 'drop'],
  ...['rename', 'alter'],
]);

const isOperationKind = (kind: string): kind is OperationKind => kinds.has(kind);

type DatasetNumber = (parts: readonly string[], made?: OperationChange) => number;

const datasetNumbers =
  ({ parserName, warehouse, finishedAt }: OperationRecord, { builder }: ImportOperationsOptions): DatasetNumber =>
  (parts, made) =>
    builder.dataset(nameOf(parts, parserName), contextOf(parserName, warehouse), {
      ...(warehouse === null ? {} : { warehouse }),
      ...(made && isOperationKind(made.kind) ? { kind: madeBy(made.kind), at: finishedAt } : {}),
      ...(made && makesTable.has(made.kind) && made.outputColumns
        ? { columns: made.outputColumns.map((name) => ({ name })) }
        : {}),
    });

const makesTable: ReadonlySet<string> = new Set(['create_table', 'create_table_as', 'create_view', 'rename']);

/** What one warehouse calls `orders` it always calls so. */
const contextOf = (parserName: string, warehouse: string | null): string =>
  warehouse === null ? sqlContext(parserName) : `oplog ${warehouse}`;

interface Written {
  readonly written: number;
  readonly operation: number;
  readonly dataset: DatasetNumber;
}

const addColumns = (
  { columns }: OperationChange,
  { written, operation, dataset }: Written,
  { builder, source }: ImportOperationsOptions,
): void => {
  for (const { column, expression, inputs, unresolved } of columns) {
    if (unresolved !== undefined) builder.problems.note(source, `${column ?? 'a condition'}: ${unresolved}`);
    for (const { table, column: from, type, subtype } of inputs) {
      const edge = { from: { dataset: dataset(table), column: from }, to: { dataset: written, column } };
      builder.columnEdge({ ...edge, type, subtype, expression, operation });
    }
  }
};
