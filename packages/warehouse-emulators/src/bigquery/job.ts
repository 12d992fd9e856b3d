import { randomUUID } from 'node:crypto';
import type { EngineAnswer } from '../engine/duckdb-engine.js';
import type { ErrorProto } from './api-error.js';

/** What a request says about a query, as the API spells it. */
export interface QueryConfiguration {
  readonly query: string;
  readonly useLegacySql?: boolean;
  readonly defaultDataset?: { readonly datasetId?: string };
  readonly maximumBytesBilled?: string;
  readonly priority?: string;
  readonly useQueryCache?: boolean;
}

export interface JobConfiguration {
  readonly query?: QueryConfiguration;
  readonly dryRun?: boolean;
  readonly jobTimeoutMs?: string;
  readonly labels?: { readonly [key: string]: string };
}

export interface JobRequest {
  readonly configuration?: JobConfiguration;
  readonly jobReference?: { readonly projectId?: string; readonly jobId?: string; readonly location?: string };
}

export type JobState = 'PENDING' | 'RUNNING' | 'DONE';

/** One query that was asked for: its state, and in the end its rows or its error. */
export class Job {
  readonly id: string;
  readonly configuration: JobConfiguration;
  readonly created = Date.now();
  state: JobState = 'PENDING';
  statementType = 'SELECT';
  bytes = 0;
  answer: EngineAnswer | undefined;
  error: ErrorProto | undefined;
  /** Whether `jobs.cancel` was called for it. */
  isCancelRequested = false;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #finish: () => void = () => {};

  constructor({ configuration = {}, jobReference }: JobRequest) {
    this.configuration = configuration;
    this.id = jobReference?.jobId ?? `job_${randomUUID()}`;
    this.#done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  stop(message: string): void {
    if (this.state !== 'DONE') this.error ??= { reason: 'stopped', message };
    this.#stopping.abort();
  }

  /** The reason of a job that was stopped stays, whatever the engine says about being stopped. */
  end(outcome: EngineAnswer | ErrorProto): void {
    if ('rows' in outcome && this.error === undefined) this.answer = outcome;
    else if ('reason' in outcome) this.error ??= outcome;
    this.state = 'DONE';
    this.#finish();
  }

  /** Resolves when the job has ended, or the time is over. */
  async wait(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([this.#done, late]);
    clearTimeout(timer);
  }

  resource(project: string): object {
    return {
      kind: 'bigquery#job',
      id: `${project}:US.${this.id}`,
      jobReference: { projectId: project, jobId: this.id, location: 'US' },
      configuration: { jobType: 'QUERY', ...this.configuration },
      status: { state: this.state, ...(this.error && { errorResult: this.error, errors: [this.error] }) },
      statistics: {
        creationTime: String(this.created),
        totalBytesProcessed: String(this.bytes),
        query: { statementType: this.statementType, totalBytesProcessed: String(this.bytes), cacheHit: false },
      },
    };
  }
}
