import { randomBytes } from 'node:crypto';
import type { EngineAnswer } from '../engine/duckdb-engine.js';
import { failure, type QueryFailure } from './query-error.js';

/** What the headers of a request say about its statement. */
export interface QuerySession {
  readonly user: string;
  readonly catalog: string | undefined;
  readonly schema: string | undefined;
  readonly source: string | undefined;
  readonly clientTags: readonly string[];
  readonly timeZone: string | undefined;
  readonly capabilities: readonly string[];
  readonly properties: { readonly [name: string]: string };
  /** `NONE`, or the id of the transaction that the statement is part of; `undefined` of clients that know none. */
  readonly transactionId: string | undefined;
}

export type QueryState = 'QUEUED' | 'RUNNING' | 'FINISHED' | 'FAILED';

/** One statement that was sent: its state, and in the end its rows or its error. */
export class Query {
  readonly id: string;
  readonly slug = randomBytes(8).toString('hex');
  readonly sql: string;
  readonly session: QuerySession;
  state: QueryState = 'QUEUED';
  answer: EngineAnswer | undefined;
  failure: QueryFailure | undefined;
  /** Headers of the last answer, e.g. of a transaction that began. */
  headers: { readonly [name: string]: string } = {};
  updateType: string | undefined;
  isCancelRequested = false;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #finish: () => void = () => {};

  constructor(number: number, sql: string, session: QuerySession) {
    this.id = `20260101_000000_${String(number).padStart(5, '0')}_emul8`;
    this.sql = sql;
    this.session = session;
    this.#done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  get isOver(): boolean {
    return this.state === 'FINISHED' || this.state === 'FAILED';
  }

  stop(errorName: string, message: string): void {
    if (!this.isOver) this.failure ??= failure(errorName, message);
    this.#stopping.abort();
  }

  /** The reason of a query that was stopped stays, whatever the engine says about being stopped. */
  end(outcome: EngineAnswer | QueryFailure): void {
    if ('errorName' in outcome) this.failure ??= outcome;
    else if (this.failure === undefined) this.answer = outcome;
    this.state = this.failure ? 'FAILED' : 'FINISHED';
    this.#finish();
  }

  /** Resolves when the query is over, or the time is. */
  async wait(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([this.#done, late]);
    clearTimeout(timer);
  }
}
