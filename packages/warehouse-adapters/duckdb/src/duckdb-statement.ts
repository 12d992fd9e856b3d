import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { labelled, Room } from '@aegis/sql/transport';
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { warehouseError } from './duckdb-errors.js';
import { Interruption } from './duckdb-interruption.js';
import { type Reading, readMaterialized, readStream } from './duckdb-rows.js';
import type { CellConverter, DuckDbDriver } from './duckdb-values.js';

export interface StatementContext {
  readonly driver: DuckDbDriver;
  readonly convert: CellConverter;
  readonly readOnly: boolean;
  /** Whether the caller has a transaction open on the connection. */
  readonly inTransaction: boolean;
}

/** Runs one statement on one connection and reads at most `limit` rows of its answer. */
export const runStatement = async (
  connection: DuckDBConnection,
  sql: string,
  limit: number,
  context: StatementContext,
  options: StatementOptions = {},
): Promise<Reading> => {
  const interruption = new Interruption(connection, options);
  const started = performance.now();
  try {
    const room = new Room(limit, options.maxResultBytes);
    const answer = await answerOf(connection, labelled(sql, options.label), sql, room, context, interruption);
    options.onStatement?.({ sql, durationMs: performance.now() - started });
    return answer;
  } catch (cause) {
    throw interruption.error ?? warehouseError(cause);
  } finally {
    interruption.end();
  }
};

const answerOf = async (
  connection: DuckDBConnection,
  text: string,
  sql: string,
  room: Room,
  context: StatementContext,
  interruption: Interruption,
): Promise<Reading> => {
  interruption.check();
  const prepared = await prepareOne(connection, text);
  try {
    if (context.readOnly) refuseAllButQueries(prepared, sql, context);
    interruption.check();
    return await execute(connection, prepared, room, context, interruption);
  } finally {
    prepared.destroySync();
  }
};

const prepareOne = async (connection: DuckDBConnection, text: string): Promise<DuckDBPreparedStatement> => {
  const statements = await connection.extractStatements(text);
  if (statements.count !== 1) throw new WarehouseError('syntax', 'expected one statement, not several');
  return statements.prepare(0);
};

/**
 * A file database is opened read-only, but `COPY … TO` may still overwrite a data file that is in scope
 * (`use_tmp_file false`), and so may `EXPLAIN ANALYZE COPY`. Hence the statement's type, and EXPLAIN only of a query.
 * @throws WarehouseError `authorization`
 */
const refuseAllButQueries = (
  { statementType }: DuckDBPreparedStatement,
  sql: string,
  { driver: { StatementType } }: StatementContext,
): void => {
  const isPlan = statementType === StatementType.EXPLAIN && /^\s*explain\s+(select|with|from|values)\b/i.test(sql);
  if (statementType === StatementType.SELECT || isPlan) return;
  throw new WarehouseError('authorization', 'only SELECT runs on a read-only warehouse');
};

/** Queries are streamed, in a transaction that notices when a stream fails; everything else answers at once. */
const execute = (
  connection: DuckDBConnection,
  prepared: DuckDBPreparedStatement,
  room: Room,
  { driver: { StatementType }, convert, readOnly, inTransaction }: StatementContext,
  interruption: Interruption,
): Promise<Reading> => {
  if (prepared.statementType !== StatementType.SELECT) return readMaterialized(prepared, room.rowsLeft, convert);
  const read = () => readStream(connection, prepared, room, convert, interruption);
  return inTransaction ? read() : inOwnTransaction(connection, readOnly, interruption, read);
};

const inOwnTransaction = async (
  connection: DuckDBConnection,
  readOnly: boolean,
  interruption: Interruption,
  task: () => Promise<Reading>,
): Promise<Reading> => {
  await connection.run(readOnly ? 'BEGIN TRANSACTION READ ONLY' : 'BEGIN TRANSACTION');
  try {
    return await task();
  } finally {
    interruption.end();
    // Of a transaction that an error spoiled nothing is committed; one that was rolled back already is none.
    await connection.run('COMMIT').catch(() => {});
  }
};
