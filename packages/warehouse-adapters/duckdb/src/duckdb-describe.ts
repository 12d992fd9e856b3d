import type { Cell, StatementOptions, TableDescription, TableName } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { type CatalogueColumn, chooseRelation, groupByRelation, type Relation } from '@aegis/sql/transport';
import { text } from './duckdb-literals.js';
import type { DuckDbSession } from './duckdb-session.js';

type Named = Extract<TableName, { kind: 'named' }>;

/** One column of one relation that the name may mean. */
interface ColumnRow extends CatalogueColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly isTable: boolean;
}

const mostColumns = 1_000_000;

/**
 * Columns of a table or view, in one statement over the catalogue; `undefined` when there is none of that name.
 * @throws WarehouseError `not-found` naming the candidates when the name means several relations
 */
export const describeNamed = async (
  session: DuckDbSession,
  table: Named,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  const { rows } = await session.run(columnsSql(table.parts), mostColumns, options);
  const relation = chooseRelation(table.parts, groupByRelation(rows.map(columnRow)));
  return relation && description(table.parts, relation);
};

const is = (column: string, value: string): string => `lower(${column}) = lower(${text(value)})`;

const columnsSql = (parts: readonly string[]): string => `
SELECT c.database_name, c.schema_name, c.table_name, c.column_name, c.data_type, c.is_nullable, t.table_name IS NOT NULL
FROM duckdb_columns() c LEFT JOIN duckdb_tables() t USING (database_oid, schema_oid, table_name)
WHERE NOT c.internal AND ${placeSql(parts)}
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

const columnRow = ([database, schema, table, name, type, nullable, isTable]: readonly Cell[]): ColumnRow => ({
  relation: [database, schema, table].map(String),
  name: String(name),
  type: String(type),
  nullable: nullable === true,
  isTable: isTable === true,
});

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
export const listNamed = async (session: DuckDbSession, options?: StatementOptions): Promise<readonly TableName[]> => {
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
