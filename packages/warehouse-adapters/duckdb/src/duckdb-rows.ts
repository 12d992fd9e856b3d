import { type Cell, WarehouseError } from '@aegis/spec';
import { Room, uniqueNames } from '@aegis/sql/transport';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api';
import type { Interruption } from './duckdb-interruption.js';
import type { CellConverter } from './duckdb-values.js';

export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that a statement changed, where the engine counts them. */
  readonly changed?: string | undefined;
}

/** An answer as it was read from a connection. */
export interface Reading extends Answer {
  /** Whether there were more rows. Cutting them off spoils a transaction. */
  readonly isCut: boolean;
}

/** Rows of a chunk that is followed by another in all but the rarest cases. */
const fullChunk = 2_048;

/** Runs a query and reads its answer while it is being made, until there is enough. Needs an open transaction. */
export const readStream = async (
  connection: DuckDBConnection,
  prepared: DuckDBPreparedStatement,
  room: Room,
  convert: CellConverter,
  interruption: Interruption,
): Promise<Reading> => {
  const result = await prepared.stream();
  const names = uniqueNames(result.columnNames());
  const rows: (readonly Cell[])[] = [];
  let last = 0;
  while (!room.isFull) {
    const chunk = await nextChunk(result);
    interruption.check();
    if (!chunk) {
      await requireWhole(connection, prepared);
      return { names, rows, isCut: false };
    }
    rows.push(...cellsOf(chunk, room, convert));
    last = chunk.rowCount;
  }
  const isCut = room.isOutOfBytes || last === fullChunk || (await nextChunk(result)) !== undefined;
  if (isCut) await letGo(connection, result);
  return { names, rows, isCut };
};

/** Runs a statement to its end and reads what it answers. */
export const readMaterialized = async (
  prepared: DuckDBPreparedStatement,
  limit: number,
  convert: CellConverter,
): Promise<Reading> => {
  const result = await prepared.run();
  const chunks = await result.fetchAllChunks();
  const rows = chunks.flatMap((chunk) => cellsOf(chunk, new Room(chunk.rowCount), convert));
  const names = uniqueNames(result.columnNames());
  return { names, rows: rows.slice(0, limit), changed: changedRows(names, rows), isCut: false };
};

/** What changes rows answers with their number, or with the rows themselves after RETURNING. */
const changedRows = (names: readonly string[], rows: readonly (readonly Cell[])[]): string | undefined => {
  if (names.length !== 1 || names[0] !== 'Count') return names[0] === 'Success' ? undefined : String(rows.length);
  const count = rows[0]?.[0];
  return count === undefined ? undefined : String(count);
};

const nextChunk = async (result: DuckDBResult): Promise<DuckDBDataChunk | undefined> => {
  const chunk = await result.fetchChunk();
  return chunk === null || chunk.rowCount === 0 ? undefined : chunk;
};

const cellsOf = (chunk: DuckDBDataChunk, room: Room, convert: CellConverter): readonly (readonly Cell[])[] => {
  const rows: (readonly Cell[])[] = [];
  while (rows.length < chunk.rowCount && !room.isFull) {
    rows.push(room.take(chunk.convertRowValues<Cell>(rows.length, convert)));
  }
  return rows;
};

/**
 * A stream that fails after its first rows ends as if it were complete: the driver does not pass the error on. The
 * transaction is spoiled, though, and running the query once more without streaming tells why.
 */
const requireWhole = async (connection: DuckDBConnection, prepared: DuckDBPreparedStatement): Promise<void> => {
  const isSpoiled = await connection.run('SELECT 1').then(
    () => false,
    () => true,
  );
  if (!isSpoiled) return;
  await connection.run('ROLLBACK');
  await prepared.run();
  throw new WarehouseError('unknown', 'the statement failed while its rows were read');
};

/** An answer that was not read to its end would keep the database open after it was closed, until it is collected. */
const letGo = async (connection: DuckDBConnection, result: DuckDBResult): Promise<void> => {
  let hasMore = true;
  while (hasMore) {
    connection.interrupt();
    hasMore = await nextChunk(result).then(
      (chunk) => chunk !== undefined,
      () => false,
    );
  }
};
