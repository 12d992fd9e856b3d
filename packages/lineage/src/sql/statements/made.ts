import type { SqlNode } from '@aegis/sql/parse';
import { type RowOrigin, unresolved } from '../field.js';
import { isSameTable } from '../names.js';
import { type ColumnPart, closedFields, isOpen } from '../relation.js';
import type { Reader } from '../scope.js';
import type { SqlColumnLineage, SqlTableName, StatementLineage } from '../types.js';

/** What a statement makes of what it reads. */
export interface Made {
  readonly kind: StatementLineage['kind'];
  readonly output: SqlTableName | null;
  readonly columns: readonly ColumnPart[];
  readonly rows: readonly RowOrigin[];
  readonly unresolved?: string | undefined;
}

export const madeNothing = (kind: Made['kind'], output: SqlTableName | null = null): Made => ({
  kind,
  output,
  columns: [],
  rows: [],
});

export const asLineage = (made: Made, sql: string, reader: Reader): StatementLineage => {
  const columns = [...made.columns.map((part) => columnLineage(part, reader)), ...rowLineage(made.rows, reader)];
  return {
    kind: made.kind,
    sql,
    output: made.output,
    outputColumns: outputNames(made),
    inputs: inputsOf(columns, reader),
    columns,
    ...(made.unresolved === undefined ? {} : { unresolved: made.unresolved }),
  };
};

const outputNames = (made: Made): readonly string[] | null =>
  made.columns.length > 0 ? (closedFields(made)?.map(({ name }) => name) ?? null) : null;

const columnLineage = (part: ColumnPart, reader: Reader): SqlColumnLineage =>
  isOpen(part)
    ? { column: null, expression: '*', ...unresolved(`the columns of ${part.of} are not known`) }
    : lineageEntry(part.name, part, reader);

const rowLineage = (rows: readonly RowOrigin[], reader: Reader): readonly SqlColumnLineage[] => [
  ...new Map(
    rows.map((row) => lineageEntry(null, row, reader)).map((entry) => [JSON.stringify(entry), entry]),
  ).values(),
];

const lineageEntry = (
  column: string | null,
  { sql, inputs, unresolved: reason }: RowOrigin,
  reader: Reader,
): SqlColumnLineage => ({
  column,
  expression: textOf(sql, reader),
  inputs,
  ...(reason === undefined ? {} : { unresolved: reason }),
});

const textOf = (sql: SqlNode | string, reader: Reader): string => (typeof sql === 'string' ? sql : reader.render(sql));

/** Tables that are read, and the output where its own columns are. */
const inputsOf = (columns: readonly SqlColumnLineage[], { tables }: Reader): readonly SqlTableName[] => {
  const named = columns.flatMap(({ inputs }) => inputs.map(({ table }) => table));
  return [...tables, ...named].filter(
    (table, index, all) => all.findIndex((other) => isSameTable(other, table)) === index,
  );
};
