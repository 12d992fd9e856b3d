import type { OperationChange, TableName, Warehouse } from '@aegis/spec';
import { lineageOfSql } from '../sql/lineage-of-sql.js';
import { isSameTable } from '../sql/names.js';
import type { SchemaLookup, SqlTableName, StatementLineage } from '../sql/types.js';

/**
 * What a statement will do to which tables. The tables that it names are described first, because afterwards they may
 * be others. Never rejects: what cannot be found out is said in the change.
 */
export const changesOf = async (
  sql: string,
  warehouse: Warehouse,
  signal: AbortSignal | undefined,
): Promise<readonly OperationChange[]> => {
  try {
    const { parserName } = warehouse.dialect;
    const statements = await lineageOfSql(sql, { parserName });
    const schema = await schemaOf(tablesOf(statements), warehouse, signal);
    return (await lineageOfSql(sql, { parserName, schema })).map(changeOf);
  } catch (error) {
    return [unknownChange(error instanceof Error ? error.message : 'it cannot be read')];
  }
};

const unknownChange = (reason: string): OperationChange => ({
  ...{ kind: 'other', output: null, outputColumns: null, inputs: [], columns: [] },
  unresolved: reason,
});

const changeOf = ({ kind, output, outputColumns, inputs, columns, unresolved }: StatementLineage): OperationChange => ({
  ...{ kind, output, outputColumns, inputs, columns },
  ...(unresolved === undefined ? {} : { unresolved }),
});

const tablesOf = (statements: readonly StatementLineage[]): readonly SqlTableName[] =>
  statements.flatMap(({ inputs, output }) => (output ? [...inputs, output] : inputs));

/** The columns of tables as the warehouse has them now. */
const schemaOf = async (
  tables: readonly SqlTableName[],
  warehouse: Warehouse,
  signal: AbortSignal | undefined,
): Promise<SchemaLookup> => {
  const known = await Promise.all(
    tables.map(async (table) => ({ table, columns: await columnsOf(table, warehouse, signal) })),
  );
  return (table) => known.find((each) => isSameTable(each.table, table))?.columns;
};

const columnsOf = async (
  table: SqlTableName,
  warehouse: Warehouse,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> => {
  if (isFile(table)) return undefined;
  const name: TableName = { kind: 'named', parts: table };
  const description = await warehouse.describe?.(name, { signal }).catch(() => undefined);
  return description?.columns.map((column) => column.name);
};

/** A table name of one part that is a path. */
const isFile = ([name = '', ...others]: SqlTableName): boolean =>
  others.length === 0 && (/[\\/]/.test(name) || /\.\w{2,8}$/.test(name));
