import {
  type ColumnDescription,
  type StatementOptions,
  type TableDescription,
  type TableName,
  WarehouseError,
} from '@aegis/spec';
import { athenaDialect } from '@aegis/sql';
import type { NamedTable } from '@aegis/sql/transport';
import type { Column, Table } from '@aws-sdk/client-glue';
import type { AthenaDatabase } from './athena-database.js';
import { glueTable, glueTables } from './athena-glue.js';

export interface Described {
  readonly description: TableDescription;
  /** Whether the table can be read as it was. */
  readonly hasPast: boolean;
}

/** Name of the catalog that Glue itself is. */
const glueCatalog = 'awsdatacatalog';
const mostColumns = 100_000;

/** A table as Glue describes it; one of another catalog as Athena does. */
export const describeTable = async (
  table: NamedTable,
  database: AthenaDatabase,
  options?: StatementOptions,
): Promise<Described | undefined> => {
  const parts = table.parts.map((part) => part.toLowerCase());
  const [name = '', schema = database.options.database, catalog = database.options.catalog] = parts.toReversed();
  if (parts.length > 3) return undefined;
  if (catalog.toLowerCase() !== glueCatalog) return elsewhere([catalog, schema, name], parts.length, database, options);
  const found = await glueTable({ database: schema, name }, database, options);
  if (!found) return undefined;
  const place = [catalog, found.DatabaseName ?? schema, found.Name ?? name];
  const own = columnsOf(found) ?? (await columnsByAthena(place.slice(1), database, options));
  return { description: description(place.slice(-parts.length), found, own), hasPast: isIceberg(found) };
};

/** Tables of the default database. */
export const listNamed = async (
  database: AthenaDatabase,
  options?: StatementOptions,
): Promise<readonly TableName[]> => {
  if (database.options.catalog.toLowerCase() !== glueCatalog) return [];
  const names = await glueTables(database.options.database.toLowerCase(), database, options);
  return names.map((name) => ({ kind: 'named', parts: [name] }));
};

const description = (
  parts: readonly string[],
  table: Table,
  columns: readonly ColumnDescription[],
): TableDescription => {
  const partitionColumns = (table.PartitionKeys ?? []).map(({ Name }) => String(Name));
  return {
    table: { kind: 'named', parts },
    kind: isView(table) ? 'view' : 'table',
    columns,
    ...(partitionColumns.length > 0 && { partitionColumns }),
    ...(needsFilter(table, partitionColumns) && { requiresPartitionFilter: true as const }),
  };
};

const isView = ({ TableType = '' }: Table): boolean => TableType.endsWith('VIEW');

const isIceberg = ({ Parameters = {} }: Table): boolean => Parameters.table_type?.toUpperCase() === 'ICEBERG';

/**
 * Values of an injected partition column are made up from the conditions on it, so there must be one.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html#partition-projection-injected-type
 */
const needsFilter = ({ Parameters = {} }: Table, partitionColumns: readonly string[]): boolean =>
  Parameters['projection.enabled']?.toLowerCase() === 'true' &&
  partitionColumns.some((column) => Parameters[`projection.${column}.type`]?.toLowerCase() === 'injected');

/**
 * `undefined` for an Iceberg table, of whose types Glue holds only the like: a timestamp may have a zone, a string be a
 * UUID; and for a link to a table of another account, which has no columns of its own.
 */
const columnsOf = (table: Table): readonly ColumnDescription[] | undefined => {
  if (isIceberg(table) || table.TargetTable) return undefined;
  const ofView = viewColumns(table);
  if (ofView) return ofView;
  return [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])].map(columnOf);
};

const columnOf = ({ Name = '', Type = '' }: Column): ColumnDescription => ({
  name: Name,
  type: athenaDialect.columnType(Type),
});

interface ViewDefinition {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Athena keeps what it knows of a view, exact types included, in a comment. */
const viewColumns = ({ ViewOriginalText = '' }: Table): readonly ColumnDescription[] | undefined => {
  const [, encoded] = /^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText) ?? [];
  if (encoded === undefined) return undefined;
  try {
    const { columns } = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as ViewDefinition;
    return columns.map(({ name, type }) => columnOf({ Name: name, Type: type }));
  } catch {
    return undefined;
  }
};

const columnsByAthena = async (
  parts: readonly string[],
  database: AthenaDatabase,
  options?: StatementOptions,
): Promise<readonly ColumnDescription[]> => {
  const { rows } = await database.run(athenaDialect.describeSql({ kind: 'named', parts }), mostColumns, options);
  return rows.map(([name, type, nullable]) => ({
    ...columnOf({ Name: String(name), Type: String(type) }),
    ...(nullable !== null && { nullable: nullable !== 'NO' }),
  }));
};

const elsewhere = async (
  place: readonly string[],
  asked: number,
  database: AthenaDatabase,
  options?: StatementOptions,
): Promise<Described | undefined> => {
  const columns = await columnsByAthena(place, database, options).catch(noneIfAbsent);
  if (columns.length === 0) return undefined;
  const table = { kind: 'named', parts: place.slice(-asked) } as const;
  return { description: { table, kind: 'table', columns }, hasPast: false };
};

const noneIfAbsent = (error: unknown): readonly ColumnDescription[] => {
  if (error instanceof WarehouseError && error.reason === 'not-found') return [];
  throw error;
};
