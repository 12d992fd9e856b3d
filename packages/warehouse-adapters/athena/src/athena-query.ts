import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StatementOptions } from '@aegis/spec';
import { type Answer, Cancellation, cancelled, labelled, Room, uniqueNames } from '@aegis/sql/transport';
import type { ColumnInfo, QueryExecution, ResultSet, Row } from '@aws-sdk/client-athena';
import type { AthenaClient } from './athena-client.js';
import { failedQuery } from './athena-errors.js';
import type { ResolvedAthenaOptions } from './athena-options.js';
import { cellsOf } from './athena-values.js';

export interface QueryContext {
  readonly client: AthenaClient;
  readonly options: ResolvedAthenaOptions;
}

export interface QueryOptions extends StatementOptions {
  readonly signal: AbortSignal;
}

const mostRowsOfAPage = 1_000;
const firstPauseMs = 40;
const growth = 1.5;

/** Runs one query and reads at most `limit` rows of its answer. @throws WarehouseError */
export const runQuery = async (
  sql: string,
  limit: number,
  context: QueryContext,
  options: QueryOptions,
): Promise<Answer> => {
  const started = performance.now();
  const id = await start(sql, context, options);
  const leaving = new AbortController();
  const cancellation = new Cancellation(() => stop(id, context.client), {
    ...options,
    afterMs: left(options, started),
  });
  try {
    const execution = await cancellation.of(ended(id, context, leaving.signal));
    const answer = await cancellation.of(
      read(id, new Room(limit, options.maxResultBytes), context.client, leaving.signal),
    );
    options.onStatement?.({
      statementId: id,
      bytesScanned: execution.Statistics?.DataScannedInBytes ?? 0,
      cached: execution.Statistics?.ResultReuseInformation?.ReusedPreviousResult === true,
      durationMs: performance.now() - started,
    });
    return answer;
  } finally {
    cancellation.end();
    leaving.abort();
  }
};

/** What the statement has left of its time. */
const left = ({ timeoutMs }: QueryOptions, started: number): number | undefined =>
  timeoutMs === undefined ? undefined : timeoutMs - (performance.now() - started);

/** With a token of our own, asking twice makes one query; so it is not given up half way, which could leave one behind. */
const start = async (sql: string, { client, options }: QueryContext, statement: QueryOptions): Promise<string> => {
  if (statement.signal.aborted) throw cancelled();
  const { StartQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const { outputLocation, workGroup, database, catalog, reuseResultsMinutes } = options;
  const isReusing = reuseResultsMinutes > 0;
  const command = new StartQueryExecutionCommand({
    // An answer is reused for the very same text only.
    QueryString: isReusing ? sql : labelled(sql, statement.label),
    ClientRequestToken: randomUUID(),
    QueryExecutionContext: { Database: database, Catalog: catalog },
    WorkGroup: workGroup,
    ...(outputLocation !== undefined && { ResultConfiguration: { OutputLocation: outputLocation } }),
    ...(isReusing && {
      ResultReuseConfiguration: {
        ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseResultsMinutes },
      },
    }),
  });
  const { QueryExecutionId = '' } = await client.call(({ athena }, given) => athena.send(command, given));
  return QueryExecutionId;
};

const stop = async (id: string, client: AthenaClient): Promise<void> => {
  const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const command = new StopQueryExecutionCommand({ QueryExecutionId: id });
  await client.call(({ athena }, given) => athena.send(command, given));
};

/** Asks again and again, at growing distances. @throws WarehouseError for a query that did not succeed */
const ended = async (id: string, { client, options }: QueryContext, signal: AbortSignal): Promise<QueryExecution> => {
  const { GetQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
  for (let pauseMs = firstPauseMs; ; pauseMs *= growth) {
    await sleep(Math.min(pauseMs, options.pollMs), undefined, { signal });
    const { QueryExecution: execution } = await client.call(({ athena }, given) => athena.send(command, given), signal);
    const state = execution?.Status?.State;
    if (execution && state === 'SUCCEEDED') return execution;
    if (state === 'FAILED' || state === 'CANCELLED') throw failedQuery(execution?.Status ?? {}, id);
  }
};

/** Reads pages until there are rows enough. The first row of the first page repeats the names of the columns. */
const read = async (id: string, room: Room, client: AthenaClient, signal: AbortSignal): Promise<Answer> => {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
  const rows: Row[] = [];
  let columns: readonly ColumnInfo[] | undefined;
  let token: string | undefined;
  do {
    const wanted = room.rowsLeft + (columns ? 0 : 1);
    const command = new GetQueryResultsCommand({
      QueryExecutionId: id,
      NextToken: token,
      MaxResults: Math.min(Math.max(wanted, 1), mostRowsOfAPage),
    });
    const { ResultSet: set = {}, NextToken } = await client.call(
      ({ athena }, given) => athena.send(command, given),
      signal,
    );
    rows.push(...room.fill(columns ? (set.Rows ?? []) : withoutNames(set)));
    columns ??= set.ResultSetMetadata?.ColumnInfo ?? [];
    token = NextToken;
  } while (token !== undefined && !room.isFull);
  const names = uniqueNames(columns.map(({ Name = '' }) => Name));
  return { names, rows: rows.map((row) => cellsOf(row, columns)) };
};

const withoutNames = ({ Rows = [], ResultSetMetadata }: ResultSet): readonly Row[] => {
  const columns = ResultSetMetadata?.ColumnInfo ?? [];
  const isNames = columns.every(({ Name }, index) => Rows[0]?.Data?.[index]?.VarCharValue === Name);
  return isNames ? Rows.slice(1) : Rows;
};
