import { GraphBuilder, importOperations, type LineageGraph, memoryOperationStore } from '@aegis/lineage';
import { withOplog } from '@aegis/lineage/node';
import { duckdb } from '@aegis/warehouse-duckdb';

/** What the operation log makes of a pipeline that runs in a new DuckDB. `beside` runs without being recorded. */
export const recordedGraph = async (
  path: string,
  sql: readonly string[],
  beside: readonly string[] = [],
): Promise<LineageGraph> => {
  const writable = duckdb({ path, access: 'read_write' });
  const store = memoryOperationStore();
  const recorded = withOplog(writable, store);
  for (const statement of sql) await recorded.execute?.(statement);
  for (const statement of beside) await writable.execute?.(statement);
  await writable.close?.();
  const builder = new GraphBuilder();
  importOperations(await store.operations(), { builder, source: 'oplog' });
  return builder.build();
};
