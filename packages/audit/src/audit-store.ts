import type {
  AuditPort,
  CheckpointStore,
  DecisionRecord,
  History,
  OperationStore,
  Report,
  ReportSummary,
  RunStart,
  StepRecord,
} from '@aegis/spec';
import type { ChainHead, ChainVerification } from './chain/chain-event.js';
import type { DatasetLine, DatasetOptions } from './dataset/dataset-line.js';
import type { TrajectoryNode } from './trajectory/trajectory-node.js';

/** `running` is also what a killed run stays: nobody was left to finish it. */
export type RunStatus = 'running' | Report['status'];

/** One run as the list shows it. */
export interface AuditRun extends RunStart {
  readonly status: RunStatus;
  /** `null` while the run is unfinished, as are `totalCostUsd` and `summary`. */
  readonly finishedAt: string | null;
  /** `null` also when a price is unknown. */
  readonly totalCostUsd: number | null;
  readonly summary: ReportSummary | null;
}

/** One run with its report, parsed. */
export interface AuditRunDetail extends AuditRun {
  /** `null` while the run is unfinished. */
  readonly report: Report | null;
}

/** A pipeline step as it was recorded. */
export interface AuditStep extends StepRecord {
  readonly runId: string;
}

/** A model call as it was recorded. */
export interface AuditDecision extends DecisionRecord {
  /** Ascending in the order of recording, unique in the store. */
  readonly decisionId: number;
  readonly runId: string;
  /** ISO 8601, UTC: when the answer was written down. */
  readonly recordedAt: string;
}

/** A decision that a search found, with the place in its text. */
export interface SearchHit extends AuditDecision {
  /** Which of the two texts the snippet is from. */
  readonly field: 'prompt' | 'response';
  /** The first match and about eighty characters on either side, on one line. */
  readonly snippet: string;
}

export interface ListRunsOptions {
  /** Default 20. */
  readonly limit?: number | undefined;
  readonly kind?: RunStart['kind'] | undefined;
}

export interface SearchOptions {
  /** Default 20. */
  readonly limit?: number | undefined;
}

/**
 * The audit trail: written by a run through the ports of `@aegis/spec`, read by people through the queries.
 * Wherever a query takes a run, a unique beginning of its id will do.
 * Every method may reject with `AuditError`; `not-found` means that no run, or more than one, has such an id.
 */
export interface AuditStore extends AuditPort, History, CheckpointStore, OperationStore {
  /** The file, absolute, or `:memory:`. */
  readonly path: string;
  /** Latest first. */
  listRuns(options?: ListRunsOptions): Promise<readonly AuditRun[]>;
  run(runIdOrPrefix: string): Promise<AuditRunDetail>;
  latestRun(): Promise<AuditRunDetail | undefined>;
  /** In the order of recording. */
  steps(runIdOrPrefix: string): Promise<readonly AuditStep[]>;
  /** In the order of recording. */
  decisions(runIdOrPrefix: string): Promise<readonly AuditDecision[]>;
  /**
   * Decisions whose prompt or response holds every word of `query`, latest first. The query is words, never a syntax:
   * `order-id` means these two words in a row, and a query without a letter or digit finds nothing.
   */
  search(query: string, options?: SearchOptions): Promise<readonly SearchHit[]>;
  /** The run as a tree: tables, their steps, and the model calls of each step. */
  trajectory(runIdOrPrefix: string): Promise<TrajectoryNode>;
  /** One ShareGPT line per model call, oldest run first. */
  exportDataset(options?: DatasetOptions): AsyncIterable<DatasetLine>;
  /** The last event of the hash chain. Kept elsewhere, it proves later that nothing before it was cut off. */
  head(): Promise<ChainHead>;
  /** Recomputes the hash chain. Reads everything once. */
  verify(options?: { readonly head?: string | undefined }): Promise<ChainVerification>;
  /** Later calls reject with `AuditError` `open`. Closing twice is harmless. */
  close(): Promise<void>;
}
