import { randomUUID } from 'node:crypto';
import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { type Answer, Cancellation, Room, toldByLimit, uniqueNames } from '@aegis/sql/transport';
import type { Field, JobReference, JobResource, QueryResults, WireRow } from './bigquery-api.js';
import type { BigQueryClient } from './bigquery-client.js';
import { isAlreadyThere } from './bigquery-errors.js';
import { jobLabels } from './bigquery-labels.js';
import type { ResolvedBigQueryOptions } from './bigquery-options.js';
import { cellsOf } from './bigquery-values.js';

export interface JobContext {
  readonly client: BigQueryClient;
  readonly options: ResolvedBigQueryOptions;
}

/** What a statement would do and read. */
export interface DryRun {
  readonly statementType: string;
  readonly bytes: number;
}

export interface JobOptions extends StatementOptions {
  readonly signal: AbortSignal;
}

const longestPollMs = 10_000;
const mostRowsOfAPage = 10_000;

/** Has BigQuery parse and price a statement without running it. Costs nothing. */
export const dryRun = async (sql: string, context: JobContext, options: JobOptions): Promise<DryRun> => {
  const configuration = { ...configurationOf(sql, context.options, options), dryRun: true };
  const { location } = context.options;
  const { statistics } = await context.client.call<JobResource>({
    method: 'POST',
    path: '/jobs',
    body: { configuration, jobReference: { projectId: await context.client.projectId(), location } },
    signal: options.signal,
  });
  return {
    statementType: statistics?.query?.statementType ?? '',
    bytes: Number(statistics?.totalBytesProcessed ?? statistics?.query?.totalBytesProcessed ?? 0),
  };
};

/** How much longer than `timeoutMs` the service may take to notice by itself. */
const graceMs = 1_000;

/** Runs one query as a job and reads at most `limit` rows of its answer. */
export const runJob = async (sql: string, limit: number, context: JobContext, options: JobOptions): Promise<Answer> => {
  const started = performance.now();
  const job = await insert(sql, context, options);
  const afterMs = options.timeoutMs === undefined ? undefined : options.timeoutMs + graceMs;
  const cancellation = new Cancellation(() => cancel(job, context.client), { ...options, afterMs });
  try {
    const { answer, results } = await cancellation.of(
      read(job, new Room(limit, options.maxResultBytes), context.client),
    );
    options.onStatement?.({
      statementId: statementId(job),
      bytesScanned: Number(results.totalBytesProcessed ?? 0),
      cached: results.cacheHit === true,
      durationMs: performance.now() - started,
    });
    return answer;
  } catch (error) {
    throw toldByLimit(error, options.timeoutMs);
  } finally {
    cancellation.end();
  }
};

const statementId = ({ projectId, location, jobId }: JobReference): string =>
  [projectId, location, jobId].filter((part) => part !== undefined).join(':');

const configurationOf = (sql: string, options: ResolvedBigQueryOptions, { label, timeoutMs }: StatementOptions) => ({
  query: {
    query: sql,
    useLegacySql: false,
    priority: options.priority.toUpperCase(),
    ...(options.dataset !== undefined && { defaultDataset: { datasetId: options.dataset } }),
    ...(options.maximumBytesBilled !== undefined && { maximumBytesBilled: String(options.maximumBytesBilled) }),
  },
  labels: jobLabels(label, options.labels),
  ...(timeoutMs !== undefined && { jobTimeoutMs: String(Math.ceil(timeoutMs)) }),
});

/** With an id of our own, asking twice makes one job. */
const insert = async (sql: string, { client, options }: JobContext, statement: JobOptions): Promise<JobReference> => {
  const jobReference = {
    projectId: await client.projectId(),
    jobId: `aegis_${randomUUID()}`,
    location: options.location,
  };
  const configuration = configurationOf(sql, options, statement);
  try {
    const call = {
      method: 'POST',
      path: '/jobs',
      body: { configuration, jobReference },
      signal: statement.signal,
    } as const;
    const inserted = await client.call<JobResource>(call);
    return { ...jobReference, location: inserted.jobReference?.location ?? options.location };
  } catch (error) {
    if (error instanceof WarehouseError && isAlreadyThere(error.cause)) return jobReference;
    throw error;
  }
};

const cancel = ({ jobId, location }: JobReference, client: BigQueryClient): Promise<unknown> =>
  client.call({ method: 'POST', path: `/jobs/${jobId}/cancel`, query: { location } });

/** Waits for the job and reads its pages until there are rows enough. */
const read = async (job: JobReference, room: Room, client: BigQueryClient) => {
  const rows: WireRow[] = [];
  let fields: readonly Field[] = [];
  let results: QueryResults;
  let pageToken: string | undefined;
  do {
    results = await page(job, room.rowsLeft, pageToken, client);
    if (!results.jobComplete) continue;
    fields = results.schema?.fields ?? fields;
    rows.push(...room.fill(results.rows ?? []));
    pageToken = results.pageToken;
  } while (!results.jobComplete || (pageToken !== undefined && !room.isFull));
  const cells = rows.map((row) => cellsOf(row, fields));
  return { results, answer: { names: uniqueNames(fields.map(({ name }) => name)), rows: cells } };
};

const page = (
  { jobId, location }: JobReference,
  rowsLeft: number,
  pageToken: string | undefined,
  client: BigQueryClient,
): Promise<QueryResults> =>
  client.call<QueryResults>({
    method: 'GET',
    path: `/queries/${jobId}`,
    query: {
      location,
      pageToken,
      maxResults: Math.min(rowsLeft, mostRowsOfAPage),
      timeoutMs: longestPollMs,
      'formatOptions.useInt64Timestamp': true,
    },
  });
