import { randomUUID } from 'node:crypto';
import type { EngineAnswer } from '../engine/duckdb-engine.js';
import type { Failure } from './failure.js';

/** What `StartQueryExecution` is asked. */
export interface StartRequest {
  readonly QueryString: string;
  readonly ClientRequestToken?: string;
  readonly QueryExecutionContext?: { readonly Database?: string; readonly Catalog?: string };
  readonly ResultConfiguration?: { readonly OutputLocation?: string };
  readonly WorkGroup?: string;
  readonly ResultReuseConfiguration?: {
    readonly ResultReuseByAgeConfiguration?: { readonly Enabled: boolean; readonly MaxAgeInMinutes?: number };
  };
}

export type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One query that was asked for: its state, and in the end its rows or why there are none. */
export class Execution {
  readonly id = randomUUID();
  readonly request: StartRequest;
  readonly submitted = Date.now();
  state: State = 'QUEUED';
  statementType = 'DML';
  bytes = 0;
  isReused = false;
  answer: EngineAnswer | undefined;
  failure: Failure | undefined;
  /** Whether `StopQueryExecution` was called for it. */
  isStopRequested = false;
  readonly #stopping = new AbortController();

  constructor(request: StartRequest) {
    this.request = request;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  get database(): string {
    return this.request.QueryExecutionContext?.Database?.toLowerCase() ?? 'default';
  }

  get isEnded(): boolean {
    return this.state !== 'QUEUED' && this.state !== 'RUNNING';
  }

  /** A query that has ended stays as it is. */
  stop(reason: string): void {
    this.isStopRequested = true;
    if (this.isEnded) return;
    this.end({ state: 'CANCELLED', reason, isRetryable: false });
    this.#stopping.abort();
  }

  end(outcome: EngineAnswer | Failure): void {
    if (this.isEnded) return;
    if ('rows' in outcome) {
      this.answer = outcome;
      this.state = 'SUCCEEDED';
    } else {
      this.failure = outcome;
      this.state = outcome.state;
    }
  }

  resource(): object {
    const { QueryString, QueryExecutionContext, WorkGroup = 'primary', ResultConfiguration } = this.request;
    return {
      QueryExecutionId: this.id,
      Query: QueryString,
      StatementType: this.statementType,
      ResultConfiguration: {
        OutputLocation: `${ResultConfiguration?.OutputLocation ?? 's3://emulated/'}${this.id}.csv`,
      },
      QueryExecutionContext: QueryExecutionContext ?? {},
      WorkGroup,
      EngineVersion: { EffectiveEngineVersion: 'Athena engine version 3' },
      Status: { State: this.state, SubmissionDateTime: this.submitted / 1_000, ...this.#failureMembers() },
      Statistics: {
        DataScannedInBytes: this.bytes,
        EngineExecutionTimeInMillis: 1,
        ResultReuseInformation: { ReusedPreviousResult: this.isReused },
      },
    };
  }

  #failureMembers(): object {
    if (!this.failure) return {};
    const { reason, isRetryable } = this.failure;
    const error = { ErrorCategory: isRetryable ? 1 : 2, ErrorType: 0, Retryable: isRetryable, ErrorMessage: reason };
    return { StateChangeReason: reason, ...(this.state === 'FAILED' && { AthenaError: error }) };
  }
}
