import { isFields, isNode, nodeFields, nodeKind, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { originOf } from '../expression.js';
import { type Field, merged, type Origin, unresolved, usedAs } from '../field.js';
import { identifierName, identifierNames, isSameName, tableFieldsOf, tableNameOf } from '../names.js';
import { type ColumnPart, closedFields, knownFields, type Relation } from '../relation.js';
import { withNames } from '../renamed.js';
import type { Scope } from '../scope.js';
import type { SqlTableName } from '../types.js';
import { assignments } from './assignments.js';
import type { Made } from './made.js';
import { targetTable } from './target.js';

/** `INSERT`: the columns by name or by position in the table. */
export const readInsert = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const output = targetName(fields, scope);
  const relation = insertedRows(fields, scope);
  const columns = insertedColumns(fields, output, relation, scope);
  const kept = conflictColumns(fields, columns, scope);
  return [{ kind: 'insert', output, columns: [...columns, ...kept], rows: relation.rows }];
};

const targetName = ({ table, directory }: SqlFields, { reader }: Scope): SqlTableName | null =>
  isFields(directory) ? null : tableNameOf(tableFieldsOf(table), reader.parserName);

const insertedRows = ({ query, values }: SqlFields, scope: Scope): Relation => {
  if (isNode(query)) return scope.reader.readQuery(query, scope);
  const rows = Array.isArray(values) ? values.filter(Array.isArray) : [];
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => valueField(rows, index, scope));
  return { name: [], columns, rows: [] };
};

const valueField = (rows: readonly (readonly SqlValue[])[], index: number, scope: Scope): Field => {
  const values = rows.map((row) => row[index]);
  const [only] = values;
  const origins: readonly Origin[] = values.map((value) => originOf(value, scope));
  return { name: `col${index}`, sql: values.length === 1 && isNode(only) ? only : 'VALUES', ...merged(origins) };
};

const insertedColumns = (
  fields: SqlFields,
  output: SqlTableName | null,
  relation: Relation,
  { reader }: Scope,
): readonly ColumnPart[] => {
  const listed = identifierNames(fields.columns);
  if (listed.length > 0) return positioned(relation, listed);
  if (fields.by_name === true || !output) return relation.columns;
  const known = reader.schema(output);
  return known ? positioned(relation, withPartitions(known, fields.partition)) : [unknownTarget(output.join('.'))];
};

/** Columns beyond the inserted ones keep their defaults. */
const positioned = (relation: Relation, names: readonly string[]): readonly ColumnPart[] => {
  const given = closedFields(relation)?.length ?? names.length;
  return withNames(relation, names).slice(0, Math.min(given, names.length));
};

const unknownTarget = (of: string): ColumnPart => ({
  of,
  lookup: (name) => ({ name, sql: name, ...unresolved(`the columns of ${of} are not known`) }),
});

/** Fixed partitions take no column of the query; others take the last ones. */
const withPartitions = (columns: readonly string[], partition: SqlValue): readonly string[] => {
  const pairs = Array.isArray(partition) ? partition.filter(Array.isArray) : [];
  const names = pairs.flatMap(([name]) => identifierName(name) ?? []);
  const open = pairs.filter(([, value]) => !isNode(value)).flatMap(([name]) => identifierName(name) ?? []);
  return [...columns.filter((column) => !names.some((name) => isSameName(name, column))), ...open];
};

/** `ON CONFLICT DO UPDATE SET`: `excluded` is the row that was to be inserted. */
const conflictColumns = (fields: SqlFields, inserted: readonly ColumnPart[], scope: Scope): readonly ColumnPart[] => {
  const conflict = isNode(fields.on_conflict) ? nodeFields(fields.on_conflict) : undefined;
  if (!conflict || !isNode(conflict.action)) return [];
  const excluded: Relation = { name: ['excluded'], columns: inserted, rows: [] };
  const target = targetTable(fields.table, identifierName(fields.alias), scope);
  const made = assignments(conflict.action, { ...scope, relations: [target, excluded], shared: [] });
  return made.filter((field) => !isUnchanged(field, inserted));
};

/** `SET b = excluded.b` says again what inserting says. */
const isUnchanged = (field: Field, inserted: readonly ColumnPart[]): boolean => {
  const same = knownFields({ columns: inserted }).find(({ name }) => isSameName(name, field.name));
  return same !== undefined && JSON.stringify(same.inputs) === JSON.stringify(field.inputs);
};

/** Snowflake's `INSERT ALL … INTO … SELECT`. */
export const readMultiInsert = ({ expressions, source }: SqlFields, scope: Scope): readonly Made[] => {
  const relation = isNode(source) ? scope.reader.readQuery(source, scope) : { name: [], columns: [], rows: [] };
  const inside: Scope = { ...scope, relations: [{ ...relation, rows: [] }], shared: [] };
  return intoParts(expressions).map(({ insert, condition }) => {
    const hasValues = Array.isArray(insert.values) && insert.values.length > 0;
    const columns = hasValues ? insertedRows(insert, inside).columns : relation.columns;
    const output = targetName(insert, scope);
    const rows = condition ? [{ sql: condition, ...usedAs(merged([originOf(condition, inside)]), 'FILTER') }] : [];
    const made = insertedColumns(insert, output, { name: [], columns, rows: [] }, scope);
    return { kind: 'insert', output, columns: made, rows: [...relation.rows, ...rows] };
  });
};

interface IntoPart {
  readonly insert: SqlFields;
  readonly condition: SqlNode | undefined;
}

const intoParts = (expressions: SqlValue): readonly IntoPart[] =>
  (Array.isArray(expressions) ? expressions.filter(isNode) : []).flatMap((part): readonly IntoPart[] => {
    const { this: insert, expression } = nodeFields(part);
    if (!isNode(insert) || nodeKind(insert) !== 'insert') return [];
    return [{ insert: nodeFields(insert), condition: isNode(expression) ? expression : undefined }];
  });
