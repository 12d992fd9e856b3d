import {
  isAegisError,
  type StatementOptions,
  type TableDescription,
  type TableName,
  type WarehouseReason,
} from '@aegis/spec';
import { databricksDialect } from '@aegis/sql';
import type { NamedTable, Session } from '@aegis/sql/transport';

/** A type, as DESCRIBE … AS JSON writes it. */
interface JsonType {
  readonly name: string;
  readonly precision?: number;
  readonly scale?: number;
  readonly length?: number;
  readonly collation?: string;
  readonly start_unit?: string;
  readonly end_unit?: string;
  readonly element_type?: JsonType;
  readonly key_type?: JsonType;
  readonly value_type?: JsonType;
  readonly fields?: readonly JsonColumn[];
}

interface JsonColumn {
  readonly name: string;
  readonly type: JsonType;
  readonly nullable?: boolean;
}

interface JsonTable {
  readonly table_name: string;
  readonly catalog_name?: string;
  readonly namespace?: readonly string[];
  readonly type?: string;
  readonly columns: readonly JsonColumn[];
  readonly partition_columns?: readonly string[];
  readonly clustering_columns?: readonly string[];
}

/**
 * Columns of a table or view, in one statement that reads no data; `undefined` when there is none of that name. Names
 * have no case in Databricks.
 */
export const describeNamed = async (
  session: Session,
  table: NamedTable,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  if (table.parts.length > 3) return undefined;
  const name = databricksDialect.tableName(table);
  try {
    const { rows } = await session.run(`DESCRIBE TABLE EXTENDED ${name} AS JSON`, 1, options);
    return describedAsJson(table.parts, JSON.parse(String(rows[0]?.[0])));
  } catch (error) {
    if (hasReason(error, 'not-found')) return undefined;
    if (!hasReason(error, 'syntax') && !hasReason(error, 'unsupported')) throw error;
    // Runtimes before 16.2 know no AS JSON.
    const { rows } = await session.run(`DESCRIBE TABLE EXTENDED ${name}`, mostLines, options);
    return describedAsText(
      table,
      rows.map((row) => row.map(String)),
    );
  }
};

const hasReason = (error: unknown, reason: WarehouseReason): boolean =>
  isAegisError(error) && error.code === `warehouse/${reason}`;

const mostLines = 100_000;

/** Spelled as the catalog spells it, with as many parts as were asked for. */
const describedAsJson = (asked: readonly string[], table: JsonTable): TableDescription => {
  const { table_name: name, catalog_name: catalog = '', namespace = [], columns, type = '' } = table;
  const isView = /view/i.test(type);
  // Temporary views say that they are of the session, which is no schema that a query can name.
  const isTemporary = catalog === '' || namespace[0] === 'session';
  // Catalogs keep names in lower case; Spark repeats them as they were asked for.
  const full = [catalog, ...namespace, name].map((part) => part.toLowerCase());
  return {
    table: { kind: 'named', parts: isTemporary ? asked : full.slice(-asked.length) },
    kind: isView ? 'view' : 'table',
    columns: columns.map(({ name: column, type: columnType, nullable }) => ({
      name: column,
      type: databricksDialect.columnType(nativeType(columnType)),
      ...(!isView && nullable !== undefined && { nullable }),
    })),
    ...keys('partitionColumns', table.partition_columns),
    ...keys('clusteringColumns', table.clustering_columns),
  };
};

const keys = <Name extends string>(name: Name, columns: readonly string[] = []) =>
  columns.length > 0 ? ({ [name]: columns } as { readonly [key in Name]: readonly string[] }) : {};

/** A type as SQL writes it. */
const nativeType = (type: JsonType): string => {
  const { name, precision, scale, length, collation, element_type: element, key_type: key, value_type: value } = type;
  if (element) return `array<${nativeType(element)}>`;
  if (key && value) return `map<${nativeType(key)},${nativeType(value)}>`;
  if (type.fields) return `struct<${type.fields.map((field) => `${field.name}:${nativeType(field.type)}`).join(',')}>`;
  if (precision !== undefined) return `${name}(${precision}${scale === undefined ? '' : `,${scale}`})`;
  if (length !== undefined) return `${name}(${length})`;
  if (type.start_unit) return `interval ${type.start_unit}${type.end_unit ? ` to ${type.end_unit}` : ''}`;
  return collation === undefined || collation === 'UTF8_BINARY' ? name : `${name} collate ${collation}`;
};

/** The listing for people: columns up to an empty line, then sections, each under a line that begins with `#`. */
const describedAsText = (table: NamedTable, lines: readonly (readonly string[])[]): TableDescription => {
  const end = lines.findIndex(([name]) => name === '');
  const columns = end === -1 ? lines : lines.slice(0, end);
  const rest = end === -1 ? [] : lines.slice(end);
  const isView = rest.some(([name, value]) => name === 'Type' && /view/i.test(value ?? ''));
  return {
    table,
    kind: isView ? 'view' : 'table',
    columns: columns
      .filter(([name = '']) => !name.startsWith('# '))
      .map(([name = '', type = '']) => ({
        name,
        type: databricksDialect.columnType(type),
      })),
    ...keys('partitionColumns', partitionsOf(rest)),
  };
};

const partitionsOf = (lines: readonly (readonly string[])[]): readonly string[] => {
  const start = lines.findIndex(([name]) => name === '# Partition Information');
  if (start === -1) return [];
  const section = lines.slice(start + 2);
  const end = section.findIndex(([name = '']) => name === '' || name.startsWith('# '));
  return (end === -1 ? section : section.slice(0, end)).map(([name = '']) => name);
};

const mostTables = 1_000;

/** Tables and views of the current schema. */
export const listNamed = async (session: Session, options?: StatementOptions): Promise<readonly TableName[]> => {
  const { rows } = await session.run('SHOW TABLES', mostTables, options);
  return rows.map(([, name]) => ({ kind: 'named', parts: [String(name)] }));
};
