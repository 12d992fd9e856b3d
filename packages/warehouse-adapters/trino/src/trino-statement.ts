import type { Cell, StatementOptions } from '@aegis/spec';
import { Room, uniqueNames } from '@aegis/sql/transport';
import type { Page, TrinoClient } from './trino-client.js';
import type { Ending } from './trino-ending.js';
import type { Column, WireValue } from './trino-protocol.js';
import { cellsOf } from './trino-values.js';

export interface Answer {
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface StatementContext {
  readonly client: TrinoClient;
  readonly ending: Ending;
  readonly transactionId?: string | undefined;
}

/** Everything that the pages of one statement said. */
interface Pages {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly WireValue[])[];
  readonly last: Page;
  readonly startedTransactionId: string | undefined;
}

/** Runs one statement and reads at most `limit` rows of its answer. */
export const runStatement = async (
  sql: string,
  limit: number,
  context: StatementContext,
  options: StatementOptions = {},
): Promise<Answer> => {
  const started = performance.now();
  const { columns, rows, last } = await readPages(sql, limit, context, options);
  options.onStatement?.({
    statementId: last.results.id,
    bytesScanned: bytesOf(last),
    durationMs: performance.now() - started,
  });
  return {
    names: uniqueNames(columns.map(({ name }) => name)),
    columns,
    rows: rows.map((row) => cellsOf(row, columns)),
  };
};

const bytesOf = ({ results: { stats } }: Page): number | undefined => {
  const bytes = Number(stats?.physicalInputBytes ?? Number.NaN);
  return Number.isFinite(bytes) ? bytes : undefined;
};

/** Begins a transaction and gives its id. */
export const beginTransaction = async (context: StatementContext): Promise<string> => {
  const { startedTransactionId } = await readPages('START TRANSACTION READ ONLY', 0, {
    ...context,
    transactionId: 'NONE',
  });
  return startedTransactionId ?? 'NONE';
};

/** Reads pages until there are rows enough, and one more, which is the last where the query is over by itself. */
const readPages = async (
  sql: string,
  limit: number,
  { client, ending, transactionId }: StatementContext,
  { label, timeoutMs, maxResultBytes }: StatementOptions = {},
): Promise<Pages> => {
  const room = new Room(limit, maxResultBytes);
  const rows: (readonly WireValue[])[] = [];
  let columns: readonly Column[] = [];
  let startedTransactionId: string | undefined;
  let page = await client.start(sql, { label, timeoutMs, transactionId });
  for (let pagesBeyond = 0; ; ) {
    const { nextUri, data = [], columns: found } = page.results;
    columns = found ?? columns;
    startedTransactionId ??= page.startedTransactionId;
    rows.push(...room.fill(data));
    if (nextUri === undefined) return { columns, rows, last: page, startedTransactionId };
    const isEnough = limit > 0 && room.isFull;
    if (isEnough && pagesBeyond > 0) {
      await client.cancel(nextUri);
      return { columns, rows, last: page, startedTransactionId };
    }
    if (isEnough) pagesBeyond += 1;
    page = await nextPage(nextUri, client, ending);
  }
};

/** A query that has to end is ended in the engine before anything else is said. */
const nextPage = async (nextUri: string, client: TrinoClient, ending: Ending): Promise<Page> => {
  try {
    ending.check();
    return await client.next(nextUri, ending.signal);
  } catch (error) {
    if (ending.signal.aborted) await client.cancel(nextUri).catch(() => {});
    throw ending.told(error);
  }
};
