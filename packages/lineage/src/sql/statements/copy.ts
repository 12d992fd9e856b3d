import { isNode, nodeFields, nodeKind, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { baseTable, noteTable } from '../base-table.js';
import { unresolved } from '../field.js';
import { dottedName, tableNameOf } from '../names.js';
import type { ColumnPart, Relation } from '../relation.js';
import { withNames } from '../renamed.js';
import type { Scope } from '../scope.js';
import { unknownColumns } from '../star.js';
import { literalText } from '../table-function.js';
import type { SqlTableName } from '../types.js';
import type { Made } from './made.js';

/** `COPY` between a table or a query and a file. A file's name is a table name of one part. */
export const readCopy = (fields: SqlFields, scope: Scope): readonly Made[] =>
  fields.kind === true ? copiedIn(fields, scope) : copiedOut(fields, scope);

const fileOf = ({ files }: SqlFields): SqlTableName | undefined => {
  const name = Array.isArray(files) ? literalText(files[0]) : undefined;
  return name === undefined ? undefined : [name];
};

const copiedIn = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const { table, columns } = copiedTable(fields.this);
  const output = tableNameOf(table, scope.reader.parserName);
  const relation = queryIn(fields, scope) ?? fileRelation(fileOf(fields), scope);
  const names = columns.length > 0 ? columns : scope.reader.schema(output);
  const made: readonly ColumnPart[] = names ? withNames(relation, names) : [unknownColumns(output.join('.'))];
  return [{ kind: 'copy', output, columns: made, rows: relation.rows }];
};

const queryIn = ({ files }: SqlFields, scope: Scope): Relation | undefined => {
  const [query] = Array.isArray(files) ? files : [];
  return isNode(query) && nodeKind(query) === 'subquery' ? scope.reader.readQuery(query, scope) : undefined;
};

/** What the columns of a file are called is not in the statement. */
const fileRelation = (file: SqlTableName | undefined, { reader }: Scope): Relation => {
  if (file) noteTable(file, reader);
  const of = file?.[0] ?? 'the input';
  return {
    name: [],
    columns: [{ of, lookup: (name) => ({ name, sql: name, ...unresolved(`the columns of ${of} are not known`) }) }],
    rows: [],
  };
};

const copiedOut = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const { table, columns } = copiedTable(fields.this);
  const isTable = isNode(fields.this) && /^(table|schema)$/.test(nodeKind(fields.this));
  const relation = isTable
    ? listed(baseTable(tableNameOf(table, scope.reader.parserName), scope.reader), columns)
    : scope.reader.readQuery(fields.this as SqlNode, scope);
  return [{ kind: 'copy', output: fileOf(fields) ?? null, columns: relation.columns, rows: relation.rows }];
};

const listed = (relation: Relation, names: readonly string[]): Relation => {
  if (names.length === 0) return relation;
  const columns = names.flatMap((name) =>
    relation.columns.flatMap((part) =>
      'lookup' in part ? (part.lookup(name) ?? []) : part.name === name ? [part] : [],
    ),
  );
  return { ...relation, columns };
};

/** `t (a, b)` comes as a schema around the table. */
const copiedTable = (value: SqlValue): { readonly table: SqlValue; readonly columns: readonly string[] } => {
  if (!isNode(value)) return { table: undefined, columns: [] };
  const fields = nodeFields(value);
  if (nodeKind(value) !== 'schema') return { table: fields, columns: [] };
  const columns = Array.isArray(fields.expressions) ? fields.expressions.filter(isNode) : [];
  return {
    table: copiedTable(fields.this).table,
    columns: columns.flatMap((column) => dottedName(column)?.at(-1) ?? []),
  };
};

/** Hive's `LOAD DATA INPATH … INTO TABLE …`. */
export const readLoadData = ({ inpath, table }: SqlFields, scope: Scope): readonly Made[] => {
  if (typeof inpath === 'string') noteTable([inpath], scope.reader);
  const output = tableNameOf(isNode(table) ? nodeFields(table) : table, scope.reader.parserName);
  return [{ kind: 'copy', output, columns: [unknownColumns(String(inpath))], rows: [] }];
};
