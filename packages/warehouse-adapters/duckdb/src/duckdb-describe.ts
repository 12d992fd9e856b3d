import type { Cell, StatementOptions, TableDescription, TableName } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import {
  type CatalogueColumn,
  chooseRelation,
  groupByRelation,
  type Relation,
  type Session,
} from '@aegis/sql/transport';
import { text } from './duckdb-literals.js';

/** One column of one relation that the name may mean. */
export interface ColumnRow extends CatalogueColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly isTable: boolean;
  readonly isInCurrentDatabase: boolean;
  readonly isInCurrentSchema: boolean;
}

const mostColumns = 1_000_000;

/** Columns of the relations that a name may mean, in one statement over the catalogue. */
export const columnsNamed = async (
  session: Session,
  parts: readonly string[],
  options?: StatementOptions,
): Promise<readonly ColumnRow[]> => {
  const { rows } = await session.run(columnsSql(placeSql(parts)), mostColumns, options);
  return rows.map(columnRow);
};

/** Columns of all relations, by the lower-case name of the relation. */
export const allColumns = async (
  session: Session,
  options?: StatementOptions,
): Promise<ReadonlyMap<string, readonly ColumnRow[]>> => {
  const { rows } = await session.run(columnsSql('true'), mostColumns, options);
  return Map.groupBy(rows.map(columnRow), ({ relation }) => (relation.at(-1) ?? '').toLowerCase());
};

/**
 * The relation that a name means; `undefined` when there is none.
 * @throws WarehouseError `not-found` naming the candidates when the name means several relations
 */
export const descriptionOf = (
  parts: readonly string[],
  columns: readonly ColumnRow[],
): TableDescription | undefined => {
  const relation = chooseRelation(parts, groupByRelation(columns));
  return relation && description(parts, relation);
};

const is = (column: string, value: string): string => `lower(${column}) = lower(${text(value)})`;

const columnsSql = (condition: string): string => `
SELECT c.database_name, c.schema_name, c.table_name, c.column_name, c.data_type, c.is_nullable, t.table_name IS NOT NULL,
  c.database_name = current_database(), c.schema_name = current_schema()
FROM duckdb_columns() c LEFT JOIN duckdb_tables() t USING (database_oid, schema_oid, table_name)
WHERE NOT c.internal AND ${condition}
ORDER BY c.database_name, c.schema_name, c.table_name, c.column_index`;

/** Where the engine itself would look: a first part of two is a schema, or an attached database with its `main`. */
const placeSql = (parts: readonly string[]): string => {
  const [name = '', schema, database] = parts.toReversed();
  const named = is('c.table_name', name);
  if (parts.length > 3) return 'false';
  if (schema === undefined) {
    return `${named} AND c.database_name = current_database() AND c.schema_name = current_schema()`;
  }
  if (database !== undefined)
    return `${named} AND ${is('c.schema_name', schema)} AND ${is('c.database_name', database)}`;
  const inSchema = `c.database_name = current_database() AND ${is('c.schema_name', schema)}`;
  const inDatabase = `${is('c.database_name', schema)} AND c.schema_name = 'main'`;
  return `${named} AND ((${inSchema}) OR (${inDatabase}))`;
};

/** The same choice among remembered columns of relations of that name. */
export const isPlace = (row: ColumnRow, parts: readonly string[]): boolean => {
  const [, wantedSchema, wantedDatabase] = parts.toReversed().map((part) => part.toLowerCase());
  const [database, schema] = row.relation.map((part) => part.toLowerCase());
  if (parts.length > 3) return false;
  if (wantedSchema === undefined) return row.isInCurrentDatabase && row.isInCurrentSchema;
  if (wantedDatabase !== undefined) return schema === wantedSchema && database === wantedDatabase;
  const isMainOfDatabase = database === wantedSchema && schema === 'main';
  return (row.isInCurrentDatabase && schema === wantedSchema) || isMainOfDatabase;
};

const columnRow = (cells: readonly Cell[]): ColumnRow => {
  const [database, schema, table, name, type, nullable, isTable, isInCurrentDatabase, isInCurrentSchema] = cells;
  return {
    relation: [database, schema, table].map(String),
    name: String(name),
    type: String(type),
    nullable: nullable === true,
    isTable: isTable === true,
    isInCurrentDatabase: isInCurrentDatabase === true,
    isInCurrentSchema: isInCurrentSchema === true,
  };
};

/** A name of several parts is given in full: `main.orders` would be ambiguous in a database that is called main. */
const description = ({ length }: readonly string[], columns: Relation<ColumnRow>): TableDescription => {
  const [{ relation, isTable }] = columns;
  return {
    table: { kind: 'named', parts: length === 1 ? relation.slice(-1) : relation },
    kind: isTable ? 'table' : 'view',
    columns: columns.map(({ name, type, nullable }) => ({
      name,
      type: duckdbDialect.columnType(type),
      ...(isTable && { nullable }),
    })),
  };
};

const mostTables = 1_000;

/** Tables and views as rules would name them: those of the current schema first. */
export const listNamed = async (session: Session, options?: StatementOptions): Promise<readonly TableName[]> => {
  const { rows } = await session.run(tablesSql, mostTables, options);
  return rows.map(([isCurrent, schema, name]) => ({
    kind: 'named',
    parts: isCurrent === true ? [String(name)] : [String(schema), String(name)],
  }));
};

const tablesSql = `
SELECT schema_name = current_schema() AS is_current, schema_name, table_name FROM (
  SELECT database_name, schema_name, table_name FROM duckdb_tables() WHERE NOT internal
  UNION ALL SELECT database_name, schema_name, view_name FROM duckdb_views() WHERE NOT internal
) WHERE database_name = current_database() ORDER BY is_current DESC, schema_name, table_name LIMIT ${mostTables}`;
