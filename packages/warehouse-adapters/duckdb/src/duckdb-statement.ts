import { type Cell, type StatementOptions, WarehouseError } from '@aegis/spec';
import { labelled, uniqueNames } from '@aegis/sql/transport';
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api';
import { warehouseError } from './duckdb-errors.js';
import { Interruption } from './duckdb-interruption.js';
import type { CellConverter, DuckDbDriver } from './duckdb-values.js';

export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface StatementContext {
  readonly driver: DuckDbDriver;
  readonly convert: CellConverter;
  readonly readOnly: boolean;
}

/** Runs one statement on one connection and reads at most `limit` rows of its answer. */
export const runStatement = async (
  connection: DuckDBConnection,
  sql: string,
  limit: number,
  context: StatementContext,
  options: StatementOptions = {},
): Promise<Answer> => {
  const interruption = new Interruption(connection, options);
  const started = performance.now();
  try {
    const answer = await answerOf(connection, sql, limit, context, interruption, options.label);
    options.onStatement?.({ durationMs: performance.now() - started });
    return answer;
  } catch (cause) {
    throw interruption.error ?? warehouseError(cause);
  } finally {
    interruption.end();
  }
};

const answerOf = async (
  connection: DuckDBConnection,
  sql: string,
  limit: number,
  context: StatementContext,
  interruption: Interruption,
  label: string | undefined,
): Promise<Answer> => {
  interruption.check();
  const prepared = await prepareOne(connection, sql, label, context);
  try {
    interruption.check();
    const result = await prepared.stream();
    return await readRows(connection, result, limit, context.convert, interruption);
  } finally {
    prepared.destroySync();
  }
};

const prepareOne = async (
  connection: DuckDBConnection,
  sql: string,
  label: string | undefined,
  { driver, readOnly }: StatementContext,
): Promise<DuckDBPreparedStatement> => {
  const statements = await connection.extractStatements(labelled(sql, label));
  if (statements.count !== 1) throw new WarehouseError('syntax', 'expected one statement, not several');
  const prepared = await statements.prepare(0);
  if (!readOnly || onlyReads(prepared, sql, driver)) return prepared;
  prepared.destroySync();
  throw new WarehouseError('authorization', 'only SELECT runs on a read-only warehouse');
};

/**
 * A file database is opened read-only, but `COPY … TO` may still overwrite a data file that is in scope
 * (`use_tmp_file false`), and so may `EXPLAIN ANALYZE COPY`. Hence the statement's type, and EXPLAIN only of a query.
 */
const onlyReads = ({ statementType }: DuckDBPreparedStatement, sql: string, { StatementType }: DuckDbDriver): boolean =>
  statementType === StatementType.SELECT ||
  (statementType === StatementType.EXPLAIN && /^\s*explain\s+(select|with|from|values)\b/i.test(sql));

const readRows = async (
  connection: DuckDBConnection,
  result: DuckDBResult,
  limit: number,
  convert: CellConverter,
  interruption: Interruption,
): Promise<Answer> => {
  const rows: Cell[][] = [];
  while (rows.length < limit) {
    const chunk = await result.fetchChunk();
    interruption.check();
    if (chunk === null || chunk.rowCount === 0) return { names: uniqueNames(result.columnNames()), rows };
    const wanted = Math.min(chunk.rowCount, limit - rows.length);
    for (let index = 0; index < wanted; index += 1) rows.push(chunk.convertRowValues<Cell>(index, convert));
  }
  const names = uniqueNames(result.columnNames());
  await dropRest(connection);
  return { names, rows };
};

/** An answer that was not read to its end holds its buffers until the connection's next statement. */
const dropRest = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('SELECT 1');
};
