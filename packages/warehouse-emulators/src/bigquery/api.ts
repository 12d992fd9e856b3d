import type { Reply, Request } from '../engine/loopback-server.js';
import { ApiError, errorReply, protoOf } from './api-error.js';
import { Job, type JobRequest, type QueryConfiguration } from './job.js';
import type { QueryEngine } from './query-engine.js';
import { fieldOf, wireRows } from './values.js';

/** Parts of a path that a pattern leaves open. */
type Parts = readonly string[];
type Handler = (request: Request, ...parts: Parts) => Reply | Promise<Reply>;

const longestWaitMs = 10_000;
const mostRows = 100_000;

/** The methods of the BigQuery API v2 that read. @see https://cloud.google.com/bigquery/docs/reference/rest */
export class BigQueryApi {
  /** Most rows of one page, whatever the caller asks for. */
  pageRows = mostRows;
  readonly jobs = new Map<string, Job>();
  readonly #engine: QueryEngine;
  readonly #routes: readonly (readonly [method: string, path: RegExp, handler: Handler])[];

  constructor(engine: QueryEngine) {
    this.#engine = engine;
    this.#routes = [
      ['POST', /^\/jobs$/, (request) => this.#insert(request)],
      ['GET', /^\/jobs\/([^/]+)$/, (_, id) => ({ body: this.#job(id).resource(this.#project) })],
      ['POST', /^\/jobs\/([^/]+)\/cancel$/, (_, id) => this.#cancel(id)],
      ['POST', /^\/queries$/, (request) => this.#query(request)],
      ['GET', /^\/queries\/([^/]+)$/, (request, id) => this.#results(request, this.#job(id))],
      ['GET', /^\/datasets$/, () => this.#datasets()],
      ['POST', /^\/datasets$/, (request) => this.#createDataset(request)],
      ['GET', /^\/datasets\/([^/]+)$/, (_, dataset) => this.#dataset(String(dataset))],
      ['GET', /^\/datasets\/([^/]+)\/tables$/, (request, dataset) => this.#tables(request, String(dataset))],
      ['GET', /^\/datasets\/([^/]+)\/tables\/([^/]+)$/, (_, dataset, table) => this.#table(dataset, table)],
      [
        'GET',
        /^\/datasets\/([^/]+)\/tables\/([^/]+)\/rowAccessPolicies$/,
        (_, dataset, table) => this.#policies(dataset, table),
      ],
    ];
  }

  async answer(request: Request): Promise<Reply> {
    try {
      return await this.#route(request);
    } catch (error) {
      const proto = protoOf(error, `${this.#project}:`);
      return proto.reason === 'notCovered' ? errorReply(proto, 501) : errorReply(proto);
    }
  }

  get #project(): string {
    return this.#engine.catalogue.project;
  }

  async #route(request: Request): Promise<Reply> {
    const [, project, rest = ''] = /^\/bigquery\/v2\/projects\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
    if (project !== this.#project) throw new ApiError('notFound', `Not found: Project ${project}`);
    for (const [method, path, handler] of this.#routes) {
      const found = method === request.method ? path.exec(rest) : null;
      if (found) return handler(request, ...found.slice(1));
    }
    throw new ApiError('notCovered', `not covered by the emulator: ${request.method} ${request.path}`);
  }

  async #insert({ body }: Request): Promise<Reply> {
    const job = new Job(JSON.parse(body) as JobRequest);
    if (job.configuration.dryRun) return { body: await this.#dryRun(job) };
    this.#start(job);
    return { body: job.resource(this.#project) };
  }

  async #dryRun(job: Job): Promise<object> {
    try {
      Object.assign(job, await this.#engine.examine(job.configuration), { state: 'DONE' });
    } catch (error) {
      const { reason, message, location } = this.#engine.protoOf(error, job.configuration);
      throw new ApiError(reason, message, location);
    }
    return job.resource(this.#project);
  }

  #start(job: Job): void {
    if (this.jobs.has(job.id)) throw new ApiError('duplicate', `Already Exists: Job ${this.#project}:US.${job.id}`);
    this.jobs.set(job.id, job);
    this.#engine.execute(job);
  }

  #job(id: string | undefined): Job {
    const job = this.jobs.get(id ?? '');
    if (!job) throw new ApiError('notFound', `Not found: Job ${this.#project}:US.${id}`);
    return job;
  }

  #cancel(id: string | undefined): Reply {
    const job = this.#job(id);
    job.isCancelRequested = true;
    job.stop('Job execution was cancelled: User requested cancellation');
    return { body: { kind: 'bigquery#jobCancelResponse', job: job.resource(this.#project) } };
  }

  /** `jobs.query`: inserts, waits and gives the first page. */
  async #query(request: Request): Promise<Reply> {
    const { jobTimeoutMs, labels, dryRun, requestId, ...query } = JSON.parse(request.body) as QueryConfiguration & {
      readonly jobTimeoutMs?: string;
      readonly labels?: { readonly [key: string]: string };
      readonly dryRun?: boolean;
      readonly requestId?: string;
    };
    const configuration = {
      query,
      ...(jobTimeoutMs !== undefined && { jobTimeoutMs }),
      ...(labels !== undefined && { labels }),
      ...(dryRun !== undefined && { dryRun }),
    };
    const job = new Job({ configuration, ...(requestId !== undefined && { jobReference: { jobId: requestId } }) });
    if (dryRun) return { body: await this.#dryRun(job) };
    this.#start(job);
    return this.#results(request, job);
  }

  async #results({ query }: Request, job: Job): Promise<Reply> {
    await job.wait(Math.min(Number(query.get('timeoutMs') ?? longestWaitMs), longestWaitMs));
    const jobReference = { projectId: this.#project, jobId: job.id, location: 'US' };
    if (job.state !== 'DONE')
      return { body: { kind: 'bigquery#getQueryResultsResponse', jobReference, jobComplete: false } };
    if (job.error) throw new ApiError(job.error.reason, job.error.message, job.error.location);
    return { body: { jobReference, jobComplete: true, ...this.#page(query, job) } };
  }

  #page(query: URLSearchParams, { answer = { columns: [], rows: [] }, bytes }: Job): object {
    const from = Number(query.get('pageToken') ?? query.get('startIndex') ?? 0);
    const to = from + Math.min(Number(query.get('maxResults') ?? mostRows), this.pageRows);
    const format = { hasIntegerTimestamps: query.get('formatOptions.useInt64Timestamp') === 'true' };
    const { columns, rows } = answer;
    return {
      schema: { fields: columns.map(fieldOf) },
      rows: wireRows({ columns, rows: rows.slice(from, to) }, format),
      totalRows: String(rows.length),
      ...(to < rows.length && { pageToken: String(to) }),
      totalBytesProcessed: String(bytes),
      cacheHit: false,
    };
  }

  async #datasets(): Promise<Reply> {
    const datasets = (await this.#engine.catalogue.datasets()).map((datasetId) => ({
      datasetReference: { projectId: this.#project, datasetId },
    }));
    return { body: { kind: 'bigquery#datasetList', datasets } };
  }

  async #createDataset({ body }: Request): Promise<Reply> {
    const { datasetReference } = JSON.parse(body) as { readonly datasetReference: { readonly datasetId: string } };
    await this.#engine.catalogue.createDataset(datasetReference.datasetId);
    return this.#dataset(datasetReference.datasetId);
  }

  async #dataset(datasetId: string): Promise<Reply> {
    if (!(await this.#engine.catalogue.hasDataset(datasetId)))
      throw new ApiError('notFound', `Not found: Dataset ${this.#project}:${datasetId}`);
    return {
      body: { kind: 'bigquery#dataset', datasetReference: { projectId: this.#project, datasetId }, location: 'US' },
    };
  }

  async #tables({ query }: Request, datasetId: string): Promise<Reply> {
    const all = await this.#engine.catalogue.tables(datasetId);
    const from = Number(query.get('pageToken') ?? 0);
    const to = from + Math.min(Number(query.get('maxResults') ?? 50), this.pageRows);
    const tables = all.slice(from, to).map(({ name, isView }) => ({
      tableReference: { projectId: this.#project, datasetId, tableId: name },
      type: isView ? 'VIEW' : 'TABLE',
    }));
    return { body: { tables, totalItems: all.length, ...(to < all.length && { nextPageToken: String(to) }) } };
  }

  async #table(dataset = '', table = ''): Promise<Reply> {
    return { body: await this.#engine.catalogue.table(dataset, table) };
  }

  async #policies(dataset = '', table = ''): Promise<Reply> {
    await this.#engine.catalogue.table(dataset, table);
    const rowAccessPolicies = this.#engine.catalogue.policies(dataset, table).map((policyId) => ({
      rowAccessPolicyReference: { projectId: this.#project, datasetId: dataset, tableId: table, policyId },
    }));
    return { body: rowAccessPolicies.length > 0 ? { rowAccessPolicies } : {} };
  }
}
