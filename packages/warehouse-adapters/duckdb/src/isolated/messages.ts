import type { StatementOptions, StatementReport } from '@aegis/spec';
import type { ResolvedDuckDbOptions } from '../duckdb-options.js';

/** What a process with the engine in it is told first. */
export interface Opening {
  readonly kind: 'open';
  readonly options: ResolvedDuckDbOptions;
  /** Memory of the whole process, past which it ends itself. */
  readonly mostBytes: number;
}

/** The parts of {@link StatementOptions} that can be sent. */
export type SentOptions = Omit<StatementOptions, 'signal' | 'onStatement'>;

export type Method =
  | 'connect'
  | 'executeScalar'
  | 'executeSample'
  | 'describe'
  | 'listTables'
  | 'statistics'
  | 'snapshot'
  | 'release';

/** One call of a method of the warehouse, or of one of its snapshots. */
export interface Call {
  readonly kind: 'call';
  readonly id: number;
  /** Of the snapshot; `null` for the warehouse itself. */
  readonly snapshot: number | null;
  readonly method: Method;
  /** Without options, which come last. */
  readonly given: readonly unknown[];
  readonly options: SentOptions;
}

export type ToEngine = Opening | Call | { readonly kind: 'cancel'; readonly id: number };

/** A snapshot as it is spoken of across processes. */
export interface SentSnapshot {
  readonly snapshot: number;
  readonly consistency: string;
}

export interface SentError {
  readonly code: string | undefined;
  readonly message: string;
  readonly hint: string | undefined;
  /** What the engine said. */
  readonly cause: string | undefined;
}

export type FromEngine =
  | { readonly kind: 'began'; readonly id: number }
  | { readonly kind: 'statement'; readonly id: number; readonly report: StatementReport }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: SentError };
