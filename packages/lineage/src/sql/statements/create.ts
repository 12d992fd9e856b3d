import { isFields, isNode, nodeFields, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { baseTable } from '../base-table.js';
import { listOf } from '../from.js';
import { identifierName, identifierNames, tableFieldsOf, tableNameOf } from '../names.js';
import { type ColumnPart, isOpen, type Relation } from '../relation.js';
import { withNames } from '../renamed.js';
import type { Scope } from '../scope.js';
import { type Made, madeNothing } from './made.js';

/** `CREATE TABLE`, with a query, a template, or columns alone. */
export const readCreateTable = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const output = tableNameOf(tableFieldsOf(fields.name), scope.reader.parserName);
  const names = columnNames(fields.columns);
  const relation = isNode(fields.as_select)
    ? scope.reader.readQuery(fields.as_select, scope)
    : clonedTable(fields, scope);
  if (!relation) {
    const columns = [...names, ...templateColumns(fields, scope)].map(emptyColumn);
    return [{ ...madeNothing('create_table', output), columns }];
  }
  const columns = distinctNames(listed(relation, names), scope);
  return [{ kind: 'create_table_as', output, columns, rows: relation.rows }];
};

const emptyColumn = (name: string): ColumnPart => ({ name, sql: name, inputs: [] });

/** DuckDB calls the second column `a` of a new table `a_1`; others refuse it. */
const distinctNames = (columns: readonly ColumnPart[], { reader }: Scope): readonly ColumnPart[] => {
  if (reader.parserName !== 'duckdb') return columns;
  const taken = new Map<string, number>();
  return columns.map((part) => {
    if (isOpen(part)) return part;
    const count = taken.get(part.name.toLowerCase()) ?? 0;
    taken.set(part.name.toLowerCase(), count + 1);
    return count === 0 ? part : { ...part, name: `${part.name}_${count}` };
  });
};

/** `CREATE TABLE a (LIKE b)` takes the columns, not the rows. */
const templateColumns = ({ constraints }: SqlFields, { reader }: Scope): readonly string[] =>
  listOf(constraints).flatMap(({ Like: like }) => {
    const source = isFields(like) ? tableFieldsOf(like.source) : undefined;
    return source ? (reader.schema(tableNameOf(source, reader.parserName)) ?? []) : [];
  });

const clonedTable = ({ clone_source }: SqlFields, scope: Scope): Relation | undefined =>
  isFields(clone_source)
    ? baseTable(tableNameOf(tableFieldsOf(clone_source), scope.reader.parserName), scope.reader)
    : undefined;

export const readCreateView = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const output = tableNameOf(tableFieldsOf(fields.name), scope.reader.parserName);
  if (!isNode(fields.query)) return [madeNothing('create_view', output)];
  const relation = scope.reader.readQuery(fields.query as SqlNode, scope);
  return [{ kind: 'create_view', output, columns: listed(relation, viewColumns(fields)), rows: relation.rows }];
};

const listed = (relation: Relation, names: readonly string[]): readonly ColumnPart[] =>
  names.length > 0 ? withNames(relation, names) : relation.columns;

const viewColumns = ({ columns, schema }: SqlFields): readonly string[] => {
  const names = columnNames(columns);
  return names.length > 0 || !isFields(schema) ? names : columnNames(schema.expressions);
};

/** Names of column definitions, however they are nested. */
const columnNames = (columns: SqlValue): readonly string[] => {
  const plain = identifierNames(columns);
  if (plain.length > 0) return plain;
  return listOf(columns).flatMap((column) => {
    const { name } = isNode(column) ? nodeFields(column) : column;
    return identifierName(name) ?? identifierName(isFields(name) ? name.name : undefined) ?? [];
  });
};
