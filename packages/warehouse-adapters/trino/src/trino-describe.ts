import {
  type Cell,
  type ColumnDescription,
  type StatementOptions,
  type TableDescription,
  type TableName,
  WarehouseError,
} from '@aegis/spec';
import { trinoDialect } from '@aegis/sql';
import type { NamedTable } from '@aegis/sql/transport';
import { orUndefined, type TrinoCatalogues } from './trino-catalogues.js';
import type { ResolvedTrinoOptions } from './trino-options.js';
import type { Column, NamedType } from './trino-protocol.js';
import type { TrinoSession } from './trino-session.js';

/** A table with all parts of its name, in lower case as Trino holds them. */
export interface Place {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
}

/** What is asked where: statements, connectors and the parts that names may lack. */
export interface Surroundings {
  readonly session: TrinoSession;
  readonly catalogues: TrinoCatalogues;
  readonly options: ResolvedTrinoOptions;
}

/** The place that a name of one to three parts means; `undefined` for more parts. @throws WarehouseError `not-found` for parts that nothing says */
export const placeOf = ({ parts }: NamedTable, { catalog, schema }: ResolvedTrinoOptions): Place | undefined => {
  const [name = '', owner = schema, database = catalog] = parts.toReversed().map((part) => part.toLowerCase());
  if (parts.length > 3) return undefined;
  if (owner === undefined) throw incomplete(name, 'schema');
  if (database === undefined) throw incomplete(name, 'catalog');
  return { catalog: database.toLowerCase(), schema: owner.toLowerCase(), name };
};

const incomplete = (name: string, what: string): WarehouseError =>
  new WarehouseError('not-found', `the name "${name}" has no ${what}`, {
    hint: `Write catalog.schema.table, or set the option ${what}.`,
  });

const text = (value: string): string => trinoDialect.expression({ kind: 'literal', type: 'text', value });
const identifier = (name: string): string => trinoDialect.quoteIdentifier(name);

/** A hidden table beside a table, such as `"orders$partitions"`. */
export const hiddenTable = ({ catalog, schema, name }: Place, hidden: string): string =>
  [catalog, schema, `${name}$${hidden}`].map(identifier).join('.');

const mostColumns = 100_000;

/** Columns of a table or view; `undefined` when there is none of that name. */
export const describeNamed = async (
  { parts }: NamedTable,
  place: Place,
  surroundings: Surroundings,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  const { rows } = (await orAbsent(surroundings.session.run(columnsSql(place), mostColumns, options))) ?? { rows: [] };
  if (rows.length === 0) return undefined;
  const isView = rows[0]?.[3] === 'VIEW';
  const columns = rows.map(columnOf);
  const partitionColumns = isView ? [] : await partitionColumnsOf(place, columns, surroundings, options);
  return {
    table: { kind: 'named', parts: [place.catalog, place.schema, place.name].slice(-parts.length) },
    kind: isView ? 'view' : 'table',
    columns,
    ...(partitionColumns.length > 0 && { partitionColumns }),
  };
};

/** `undefined` for a catalogue that does not exist. */
const orAbsent = async <Result>(asked: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WarehouseError && error.reason === 'not-found') return undefined;
    throw error;
  }
};

const columnsSql = ({ catalog, schema, name }: Place): string => {
  const information = `${identifier(catalog)}.information_schema`;
  const isThis = `table_schema = ${text(schema)} AND table_name = ${text(name)}`;
  return (
    `SELECT column_name, data_type, is_nullable, (SELECT max(table_type) FROM ${information}.tables WHERE ${isThis}) AS table_type ` +
    `FROM ${information}.columns WHERE ${isThis} ORDER BY ordinal_position`
  );
};

const columnOf = ([name, type, isNullable]: readonly Cell[]): ColumnDescription => ({
  name: String(name),
  type: trinoDialect.columnType(String(type)),
  nullable: isNullable !== 'NO',
});

/** Connectors that show the partitions of a table in a hidden one. */
const withPartitions: ReadonlySet<string> = new Set(['hive', 'iceberg', 'delta_lake']);

/** Columns that cut the table, where its connector says so; a filter on one of them lets the engine skip files. */
const partitionColumnsOf = async (
  place: Place,
  columns: readonly ColumnDescription[],
  { session, catalogues }: Surroundings,
  options?: StatementOptions,
): Promise<readonly string[]> => {
  const connector = await catalogues.connectorOf(place.catalog, options);
  if (connector === undefined || !withPartitions.has(connector)) return [];
  const sql = `SELECT * FROM ${hiddenTable(place, 'partitions')} LIMIT 0`;
  const answer = await orUndefined(session.run(sql, 1, options));
  const names = new Set(columns.map(({ name }) => name));
  const fields =
    connector === 'hive' ? (answer?.columns ?? []).map(({ name }) => name) : fieldsOf(answer?.columns ?? []);
  return [...new Set(fields.map((field) => sourceOf(field, names)))].filter((name) => name !== undefined);
};

/** Iceberg and Delta Lake show partitions as one row-typed column. */
const fieldsOf = (columns: readonly Column[]): readonly string[] => {
  const { arguments: fields = [] } = columns.find(({ name }) => name === 'partition')?.typeSignature ?? {};
  return fields.map(({ value }) => (value as NamedType).fieldName?.name ?? '');
};

/** The column behind a partition field: `placed_day` is a transform of `placed`. */
const sourceOf = (field: string, names: ReadonlySet<string>): string | undefined => {
  if (names.has(field)) return field;
  const column = field.replace(/_(year|month|day|hour|bucket|trunc)$/, '');
  return names.has(column) ? column : undefined;
};

const mostTables = 1_000;

/** Tables of the schema of the options, or of all schemas of the catalogue. */
export const listNamed = async (
  { session, options: { catalog, schema } }: Surroundings,
  options?: StatementOptions,
): Promise<readonly TableName[]> => {
  if (catalog === undefined) return [];
  const where = schema === undefined ? `<> 'information_schema'` : `= ${text(schema.toLowerCase())}`;
  const sql =
    `SELECT table_schema, table_name FROM ${identifier(catalog)}.information_schema.tables ` +
    `WHERE table_schema ${where} ORDER BY 1, 2 LIMIT ${mostTables}`;
  const { rows } = await session.run(sql, mostTables, options);
  return rows.map(([owner, name]) => ({
    kind: 'named',
    parts: schema === undefined ? [String(owner), String(name)] : [String(name)],
  }));
};
