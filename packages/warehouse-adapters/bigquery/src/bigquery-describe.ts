import {
  type ColumnDescription,
  type StatementOptions,
  type TableDescription,
  type TableName,
  WarehouseError,
} from '@aegis/spec';
import { bigqueryDialect } from '@aegis/sql';
import { chooseRelation, type NamedTable } from '@aegis/sql/transport';
import type { DatasetList, Field, TableList, TableReference, TableResource } from './bigquery-api.js';
import type { BigQueryDatabase } from './bigquery-database.js';

/** The place that a name of one to three parts means; `undefined` for more parts. @throws WarehouseError `not-found` without a dataset */
const placeOf = async ({ parts }: NamedTable, database: BigQueryDatabase): Promise<TableReference | undefined> => {
  const [tableId = '', datasetId = database.options.dataset, projectId] = parts.toReversed();
  if (parts.length > 3) return undefined;
  if (datasetId !== undefined) return { projectId: projectId ?? (await database.projectId()), datasetId, tableId };
  throw new WarehouseError('not-found', `the name "${tableId}" has no dataset`, {
    hint: 'Write dataset.table, or set the option dataset.',
  });
};

/** The resource of a table; names match exactly, else by the only match without case. */
export const findTable = async (
  table: NamedTable,
  database: BigQueryDatabase,
  options?: StatementOptions,
): Promise<TableResource | undefined> => {
  const place = await placeOf(table, database);
  if (!place) return undefined;
  const exact = await resourceOf(place, database, options);
  if (exact) return exact;
  const alike = await tablesLike(place, database, options);
  const found = chooseRelation(
    table.parts,
    alike.map((each) => [{ relation: [each.projectId, each.datasetId, each.tableId], place: each }] as const),
  );
  return found && resourceOf(found[0].place, database, options);
};

const resourceOf = (
  { projectId, datasetId, tableId }: TableReference,
  database: BigQueryDatabase,
  options: StatementOptions = {},
): Promise<TableResource | undefined> =>
  orAbsent(
    database.call<TableResource>({
      method: 'GET',
      path: `/datasets/${datasetId}/tables/${tableId}`,
      projectId,
      signal: options.signal,
    }),
  );

/** `undefined` for what does not exist. */
const orAbsent = async <Result>(asked: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WarehouseError && error.reason === 'not-found') return undefined;
    throw error;
  }
};

const isAlike = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const tablesLike = async (place: TableReference, database: BigQueryDatabase, options?: StatementOptions) => {
  const datasets = await datasetsOf(place.projectId, database, options);
  const alike = datasets.filter((datasetId) => isAlike(datasetId, place.datasetId));
  const tables = await Promise.all(
    alike.map((datasetId) => tablesOf({ projectId: place.projectId, datasetId }, database, options)),
  );
  return tables.flat().filter(({ tableId }) => isAlike(tableId, place.tableId));
};

/** Pages of a list that are read; what is beyond them is found by its exact name alone. */
const mostPages = 10;
const pageSize = 1_000;

const datasetsOf = async (
  projectId: string,
  database: BigQueryDatabase,
  options: StatementOptions = {},
): Promise<readonly string[]> => {
  const { datasets = [] } =
    (await orAbsent(
      database.call<DatasetList>({
        method: 'GET',
        path: '/datasets',
        query: { maxResults: pageSize },
        projectId,
        signal: options.signal,
      }),
    )) ?? {};
  return datasets.map(({ datasetReference }) => datasetReference.datasetId);
};

const tablesOf = async (
  { projectId, datasetId }: Pick<TableReference, 'projectId' | 'datasetId'>,
  database: BigQueryDatabase,
  options: StatementOptions = {},
): Promise<readonly TableReference[]> => {
  const found: TableReference[] = [];
  let pageToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const query = { maxResults: pageSize, pageToken };
    const call = {
      method: 'GET',
      path: `/datasets/${datasetId}/tables`,
      query,
      projectId,
      signal: options.signal,
    } as const;
    const list: TableList = (await orAbsent(database.call<TableList>(call))) ?? {};
    found.push(...(list.tables ?? []).map(({ tableReference }) => tableReference));
    pageToken = list.nextPageToken;
    if (pageToken === undefined) break;
  }
  return found;
};

const mostTables = 1_000;
const mostDatasets = 20;

/** Tables of the default dataset, or of the first datasets of the project. */
export const listNamed = async (
  database: BigQueryDatabase,
  options?: StatementOptions,
): Promise<readonly TableName[]> => {
  const projectId = await database.projectId();
  const { dataset } = database.options;
  const datasets = dataset === undefined ? await datasetsOf(projectId, database, options) : [dataset];
  const tables = await Promise.all(
    datasets.slice(0, mostDatasets).map((datasetId) => tablesOf({ projectId, datasetId }, database, options)),
  );
  return tables
    .flat()
    .slice(0, mostTables)
    .map(({ datasetId, tableId }) => ({
      kind: 'named',
      parts: dataset === undefined ? [datasetId, tableId] : [tableId],
    }));
};

const views: ReadonlySet<string> = new Set(['VIEW', 'MATERIALIZED_VIEW']);

/** Spelled as BigQuery spells it, with as many parts as were asked for. */
export const description = ({ parts }: NamedTable, resource: TableResource): TableDescription => {
  const { tableReference, type, timePartitioning, lastModifiedTime } = resource;
  const { projectId, datasetId, tableId } = tableReference;
  const partitionColumns = partitionColumnsOf(resource);
  const isFilterRequired = resource.requirePartitionFilter || timePartitioning?.requirePartitionFilter;
  return {
    table: { kind: 'named', parts: [projectId, datasetId, tableId].slice(-parts.length) },
    kind: views.has(type) ? 'view' : 'table',
    columns: [...(resource.schema?.fields ?? []).map(columnOf), ...pseudoColumns(resource)],
    ...(partitionColumns.length > 0 && { partitionColumns }),
    ...(isFilterRequired && { requiresPartitionFilter: true as const }),
    ...(resource.clustering?.fields && { clusteringColumns: resource.clustering.fields }),
    ...(!views.has(type) && lastModifiedTime && { modifiedAt: new Date(Number(lastModifiedTime)).toISOString() }),
  };
};

/** Whether rows can be read as they were: `*` of a table cut by the time of loading lacks the columns that `where` may name. */
export const hasPast = (resource: TableResource): boolean => resource.type === 'TABLE' && !isByIngestion(resource);

const isByIngestion = ({ timePartitioning }: TableResource): boolean =>
  timePartitioning !== undefined && timePartitioning.field === undefined;

const partitionColumnsOf = (resource: TableResource): readonly string[] => {
  if (isByIngestion(resource)) return pseudoColumns(resource).map(({ name }) => name);
  const { timePartitioning, rangePartitioning } = resource;
  return [timePartitioning?.field, rangePartitioning?.field].filter((field) => field !== undefined);
};

/** Columns that a table has without declaring them, when it is cut by the time of loading. */
const pseudoColumns = (resource: TableResource): readonly ColumnDescription[] => {
  if (!isByIngestion(resource)) return [];
  const isDaily = resource.timePartitioning?.type === 'DAY';
  const names: readonly (readonly [string, string])[] = [
    ['_PARTITIONTIME', 'TIMESTAMP'],
    ...(isDaily ? ([['_PARTITIONDATE', 'DATE']] as const) : []),
  ];
  return names.map(([name, type]) => ({ name, type: bigqueryDialect.columnType(type) }));
};

const columnOf = (field: Field): ColumnDescription => ({
  name: field.name,
  type: bigqueryDialect.columnType(nativeType(field)),
  nullable: field.mode !== 'REQUIRED',
});

/** Names of the API that GoogleSQL spells otherwise. */
const spelled: { readonly [type: string]: string } = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' };

/** As GoogleSQL writes the type: `NUMERIC(10, 2)`, `ARRAY<STRUCT<a INT64>>`. */
const nativeType = (field: Field): string => {
  const type = field.fields ? `STRUCT<${field.fields.map(structField).join(', ')}>` : scalarType(field);
  return field.mode === 'REPEATED' ? `ARRAY<${type}>` : type;
};

const structField = (field: Field): string => `${field.name} ${nativeType(field)}`;

const scalarType = ({ type, precision, scale, maxLength, rangeElementType }: Field): string => {
  if (rangeElementType) return `RANGE<${rangeElementType.type}>`;
  const sizes = [precision ?? maxLength, scale].filter((size) => size !== undefined);
  return `${spelled[type] ?? type}${sizes.length > 0 ? `(${sizes.join(', ')})` : ''}`;
};
