import type { RunStart, StepRecord } from '@aegis/spec';
import type { RunStatus } from '../audit-store.js';
import type { OperationRow } from './operation-row.js';

/** A row of `runs`. `null` in the last four while the run is unfinished. */
export interface RunRow {
  readonly run_id: string;
  readonly kind: RunStart['kind'];
  readonly status: RunStatus;
  readonly started_at: string;
  /** One path as it is; a JSON array when there are several; `null` when there is none. */
  readonly rules_file: string | null;
  readonly warehouse: string;
  readonly llm: string | null;
  readonly finished_at: string | null;
  readonly total_cost_usd: number | null;
  readonly summary_json: string | null;
  readonly report_json: string | null;
}

export type RunSummaryRow = Omit<RunRow, 'report_json'>;
/** The part of a run that changes when it is finished, or started again. */
export type RunResultRow = Pick<RunRow, 'status' | 'finished_at' | 'total_cost_usd' | 'summary_json' | 'report_json'>;

export interface StepRow {
  readonly run_id: string;
  readonly node: string;
  readonly table: string | null;
  readonly started_at: string;
  readonly duration_ms: number;
  readonly outcome: StepRecord['outcome'];
  readonly detail: string | null;
}

export interface DecisionRow {
  readonly id: number;
  readonly run_id: string;
  readonly node: string;
  readonly rule_id: string | null;
  readonly prompt: string;
  readonly response: string;
  readonly model: string;
  readonly prompt_version: string | null;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number | null;
  readonly latency_ms: number;
  readonly recorded_at: string;
}

export interface MeasurementRow {
  readonly key: string;
  readonly run_id: string;
  readonly rule_id: string;
  readonly measured_at: string;
  /** `measured_at` in milliseconds since 1970: texts of different precision do not sort. */
  readonly measured_at_ms: number;
  readonly state_json: string;
  readonly metric: number | null;
}

export interface ChainRow {
  readonly seq: number;
  readonly run_id: string;
  readonly kind: 'start' | 'decision' | 'finish';
  readonly decision_id: number | null;
  readonly payload_hash: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/**
 * Where an audit store keeps its rows. What the rows mean is decided above, once for all kinds of storage.
 * Synchronous, as SQLite is. Limits are whole numbers from 0 on, or infinity.
 */
export interface AuditTables {
  readonly path: string;
  /** All of `work` or nothing of it, and no other writer in between. */
  write<T>(work: () => T): T;
  /** All reads of `work` see one state. */
  read<T>(work: () => T): T;

  insertRun(row: RunRow): void;
  updateRun(runId: string, result: RunResultRow): void;
  run(runId: string): RunRow | undefined;
  /** Oldest first. */
  runIds(): readonly string[];
  /** At most `limit` ids that start with `prefix`. */
  runIdsFrom(prefix: string, limit: number): readonly string[];
  /** Latest first. */
  latestRuns(filter: { readonly kind: RunRow['kind'] | undefined; readonly limit: number }): readonly RunSummaryRow[];

  insertStep(row: StepRow): void;
  steps(runId: string): readonly StepRow[];

  /** Gives the row as it was stored. */
  insertDecision(row: Omit<DecisionRow, 'id'>): DecisionRow;
  decision(id: number): DecisionRow | undefined;
  decisionIds(): readonly number[];
  decisions(runId: string): readonly DecisionRow[];
  /** Decisions with all of these phrases in prompt or response, latest first. */
  decisionsWith(phrases: readonly string[], limit: number): readonly DecisionRow[];

  /** The later of two with the same key and run stays. */
  putMeasurement(row: MeasurementRow): void;
  /** The last `limit` of finished runs, oldest first. */
  measurements(key: string, beforeMs: number, limit: number): readonly MeasurementRow[];

  appendEvent(row: ChainRow): void;
  lastEvent(): ChainRow | undefined;
  /** By ascending `seq`. */
  events(): Iterable<ChainRow>;

  insertOperation(row: OperationRow): void;
  /** In the order of recording. */
  operations(runId: string | undefined): readonly OperationRow[];

  putCheckpoint(scope: string, key: string, value: Uint8Array): void;
  checkpoint(scope: string, key: string): Uint8Array | undefined;
  checkpointKeys(scope: string, prefix: string): readonly string[];
  deleteCheckpoints(scope: string): void;

  close(): void;
}
