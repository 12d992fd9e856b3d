import type { StatementOptions, TableStatistics } from '@aegis/spec';
import type { NamedTable } from '@aegis/sql/transport';
import type { TableReference } from './bigquery-api.js';
import type { BigQueryDatabase } from './bigquery-database.js';
import { findTable } from './bigquery-describe.js';

/**
 * The number of rows of a table, where it is exact for everybody who asks: not of views, not while rows wait in the
 * streaming buffer or as changes to be merged, not where policies may hide rows. `undefined` otherwise.
 */
export const tableStatistics = async (
  table: NamedTable,
  database: BigQueryDatabase,
  options?: StatementOptions,
): Promise<TableStatistics | undefined> => {
  const resource = await findTable(table, database, options);
  if (resource?.type !== 'TABLE' || resource.numRows === undefined) return undefined;
  if (resource.streamingBuffer || resource.maxStaleness) return undefined;
  if (!(await hasNoPolicies(resource.tableReference, database, options))) return undefined;
  return { rowCount: resource.numRows, columns: {}, source: 'table metadata' };
};

/** Who may not list the policies cannot know that there are none. */
const hasNoPolicies = async (
  { projectId, datasetId, tableId }: TableReference,
  database: BigQueryDatabase,
  options: StatementOptions = {},
): Promise<boolean> => {
  const path = `/datasets/${datasetId}/tables/${tableId}/rowAccessPolicies`;
  const call = { method: 'GET', path, projectId, signal: options.signal } as const;
  try {
    const { rowAccessPolicies = [] } = await database.call<{ readonly rowAccessPolicies?: readonly object[] }>(call);
    return rowAccessPolicies.length === 0;
  } catch {
    return false;
  }
};
