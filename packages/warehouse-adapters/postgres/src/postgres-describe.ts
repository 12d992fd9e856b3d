import type { Cell, StatementOptions, TableDescription, TableName } from '@aegis/spec';
import { postgresDialect } from '@aegis/sql';
import {
  type CatalogueColumn,
  chooseRelation,
  groupByRelation,
  type NamedTable,
  type Relation,
  type Session,
} from '@aegis/sql/transport';

/** One column of one relation that the name may mean; a relation without columns has one row all the same. */
interface ColumnRow extends CatalogueColumn {
  readonly relationKind: string;
  readonly name: string | null;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isPartitionKey: boolean;
}

/** A table has at most 1,600 columns; a name without case seldom means more than a few tables. */
const mostColumns = 100_000;

/**
 * Columns of a table or view, in one statement over the catalogue; `undefined` when there is none of that name.
 * @throws WarehouseError `not-found` naming the candidates when the name means several relations
 */
export const describeNamed = async (
  session: Session,
  { parts }: NamedTable,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  if (parts.length > 3) return undefined;
  const { rows } = await session.run(columnsSql(parts), mostColumns, options);
  const relation = chooseRelation(parts, groupByRelation(rows.map(columnRow)));
  return relation && description(parts, relation);
};

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const is = (column: string, value: string): string => `lower(${column}) = lower(${text(value)})`;

/** Names in the order of the search path. A domain is its base type; enums and composites are marked as such. */
const columnsSql = (parts: readonly string[]): string => {
  const [name = '', schema, database] = parts.toReversed();
  return `
SELECT current_database(), n.nspname, c.relname, c.relkind, a.attname,
  CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
    WHEN 'e' THEN 'enum ' || format_type(t.oid, NULL) WHEN 'c' THEN 'struct ' || format_type(t.oid, NULL) ELSE format_type(t.oid, a.atttypmod) END,
  coalesce(a.attnotnull OR t.typnotnull, false), coalesce(a.attnum = ANY (p.partattrs::int2[]), false)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${is('c.relname', name)}
  AND ${schema === undefined ? 'n.nspname = ANY (current_schemas(false))' : is('n.nspname', schema)}
  AND ${database === undefined ? 'true' : is('current_database()', database)}
ORDER BY array_position(current_schemas(false), n.nspname), n.nspname, c.relname, a.attnum`;
};

const columnRow = ([
  database,
  schema,
  table,
  relationKind,
  name,
  type,
  isRequired,
  isKey,
]: readonly Cell[]): ColumnRow => ({
  relation: [database, schema, table].map(String),
  relationKind: String(relationKind),
  name: name === null || name === undefined ? null : String(name),
  type: String(type),
  isRequired: isRequired === true,
  isPartitionKey: isKey === true,
});

/** Views, materialised ones, and foreign tables, whose constraints nobody enforces. */
const seenThrough: ReadonlySet<string> = new Set(['v', 'm', 'f']);

/** Spelled as the database spells it, with as many parts as were asked for. */
const description = ({ length }: readonly string[], columns: Relation<ColumnRow>): TableDescription => {
  const [{ relation, relationKind }] = columns;
  const isView = seenThrough.has(relationKind);
  const keys = columns.flatMap(({ name, isPartitionKey }) => (isPartitionKey && name !== null ? [name] : []));
  return {
    table: { kind: 'named', parts: relation.slice(-length) },
    kind: isView ? 'view' : 'table',
    columns: columns.flatMap(({ name, type, isRequired }) =>
      name === null
        ? []
        : [{ name, type: postgresDialect.columnType(type), ...(!isView && { nullable: !isRequired }) }],
    ),
    ...(keys.length > 0 && { partitionColumns: keys }),
  };
};

const mostTables = 1_000;

/** Relations that the role may read, as rules would name them: those of the search path first. */
export const listNamed = async (session: Session, options?: StatementOptions): Promise<readonly TableName[]> => {
  const { rows } = await session.run(tablesSql, mostTables, options);
  return rows.map(([isOnPath, schema, name]) => ({
    kind: 'named',
    parts: isOnPath === true ? [String(name)] : [String(schema), String(name)],
  }));
};

const tablesSql = `
SELECT n.nspname = ANY (current_schemas(false)) AS on_path, n.nspname, c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
ORDER BY on_path DESC, n.nspname, c.relname LIMIT ${mostTables}`;
