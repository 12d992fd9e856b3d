import { setTimeout as sleep } from 'node:timers/promises';
import { WarehouseError } from '@aegis/spec';
import { cancelled, Room, uniqueNames } from '@aegis/sql/transport';
import Int64 from 'node-int64';
import {
  type Driver,
  fetchNext,
  type OperationHandle,
  type OperationStatus,
  operationState,
  type ResultPage,
  type ResultSchema,
  type SessionHandle,
} from './databricks-driver.js';
import { refuseFailure, stateError } from './databricks-errors.js';
import { type ColumnCells, cellsOf } from './databricks-values.js';

export interface StatementRequest {
  readonly sql: string;
  readonly limit: number;
  /** Ends the statement in the engine. */
  readonly signal: AbortSignal;
  /** For the engine itself, in case nobody is left to cancel. */
  readonly timeoutMs?: number | undefined;
  /** About how many bytes of cells are worth reading. */
  readonly maxResultBytes?: number | undefined;
}

/** What the protocol says of an answer, before its cells are read. */
export interface RawAnswer {
  readonly id: string;
  readonly names: readonly string[];
  /** {@link typeId} of each column. */
  readonly types: readonly (number | undefined)[];
  readonly columns: readonly ColumnCells[];
}

type Submitted = Awaited<ReturnType<Driver['executeStatement']>>;
type DirectResults = NonNullable<Submitted['directResults']>;

/**
 * Sends one statement, waits for it, and reads at most `limit` rows, as columns of exact values: the driver's own rows
 * round decimals and cut timestamps to milliseconds.
 */
export const runStatement = async (
  driver: Driver,
  sessionHandle: SessionHandle,
  request: StatementRequest,
): Promise<RawAnswer> => {
  const submitted = await submit(driver, sessionHandle, request);
  refuseFailure(submitted.status);
  const handle = submitted.operationHandle;
  // What the driver did not receive is null, whatever its types say.
  const directResults = submitted.directResults ?? {};
  if (!handle) throw new WarehouseError('unknown', 'the service took the statement and gave no handle for it');
  try {
    await untilFinished(driver, handle, directResults.operationStatus, request.signal);
    return await readAnswer(driver, handle, directResults, new Room(request.limit, request.maxResultBytes));
  } finally {
    // A handle that cannot be closed ends with its session.
    if (!directResults.closeOperation) await driver.closeOperation({ operationHandle: handle }).catch(() => {});
  }
};

const submit = (driver: Driver, sessionHandle: SessionHandle, { sql, limit, timeoutMs }: StatementRequest) =>
  driver.executeStatement({
    sessionHandle,
    statement: sql,
    runAsync: true,
    getDirectResults: { maxRows: new Int64(Math.min(limit, pageRows)) },
    canReadArrowResult: false,
    canDownloadResult: false,
    ...(timeoutMs !== undefined && { queryTimeout: new Int64(Math.ceil(timeoutMs / 1_000)) }),
  });

const firstPauseMs = 10;
const longestPauseMs = 500;
const ended: readonly number[] = [
  operationState.finished,
  operationState.cancelled,
  operationState.closed,
  operationState.failed,
  operationState.unknown,
  operationState.timedOut,
];

const isEnded = (status: OperationStatus | undefined): status is OperationStatus =>
  status?.operationState !== undefined && ended.includes(status.operationState);

/** @throws what {@link stateError} makes of a statement that ended without an answer */
const untilFinished = async (
  driver: Driver,
  operationHandle: OperationHandle,
  known: OperationStatus | undefined,
  signal: AbortSignal,
): Promise<void> => {
  let status = known;
  for (let pauseMs = firstPauseMs; !isEnded(status); pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    if (signal.aborted) await cancel(driver, operationHandle);
    status = await driver.getOperationStatus({ operationHandle });
    refuseFailure(status.status);
    if (!isEnded(status)) await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
  if (status.operationState !== operationState.finished) throw stateError(status);
};

/** Resolves when the engine was told; its own state is then `cancelled`. */
const cancel = async (driver: Driver, operationHandle: OperationHandle): Promise<never> => {
  await driver.cancelOperation({ operationHandle });
  throw cancelled();
};

const readAnswer = async (
  driver: Driver,
  operationHandle: OperationHandle,
  { resultSetMetadata, resultSet }: DirectResults,
  room: Room,
): Promise<RawAnswer> => {
  const metadata = resultSetMetadata ?? (await driver.getResultSetMetadata({ operationHandle }));
  refuseFailure(metadata.status);
  const columns = orderedColumns(metadata.schema);
  return {
    id: idOf(operationHandle),
    names: uniqueNames(columns.map(({ columnName }) => columnName)),
    types: columns.map(({ typeDesc }) => typeDesc.types[0]?.primitiveEntry?.type),
    columns: await readPages(driver, operationHandle, columns.length, resultSet, room),
  };
};

const orderedColumns = (schema: ResultSchema | undefined) =>
  [...(schema?.columns ?? [])].sort((left, right) => left.position - right.position);

const pageRows = 10_000;

const readPages = async (
  driver: Driver,
  operationHandle: OperationHandle,
  width: number,
  first: ResultPage | undefined,
  room: Room,
): Promise<readonly ColumnCells[]> => {
  const columns: ColumnCells[] = Array.from({ length: width }, () => []);
  let page = first;
  while (width > 0 && !room.isFull) {
    const asked = Math.min(room.rowsLeft, pageRows);
    page ??= await driver.fetchResults({ operationHandle, orientation: fetchNext, maxRows: new Int64(asked) });
    refuseFailure(page.status);
    const length = append(columns, page, room);
    // Spark's own server never says that there are more, and gives full pages until there are none.
    if (length === 0 || (!page.hasMoreRows && length < asked)) break;
    page = undefined;
  }
  return columns;
};

/** How many rows the page had; those that there is no room for are left out. */
const append = (columns: ColumnCells[], { results }: ResultPage, room: Room): number => {
  const cells = (results?.columns ?? []).map(cellsOf);
  const rows = (cells[0] ?? []).map((_, row) => cells.map((column) => column[row]));
  const kept = room.fill(rows).length;
  for (const [index, column] of columns.entries()) columns[index] = column.concat(cells[index]?.slice(0, kept) ?? []);
  return rows.length;
};

/** The id under which the query history lists the statement. */
const idOf = ({ operationId: { guid } }: OperationHandle): string => {
  const digits = guid.toString('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
};
