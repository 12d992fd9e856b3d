import type { JsonObject, JsonValue, Row } from './json.js';
import type { LineageTrace } from './lineage.js';
import type { Report } from './report.js';
import type { Diagnosis, Evidence, Remediation, RootCause, RuleResult } from './result.js';
import type { Rule, Severity } from './rule.js';
import type { ColumnDescription } from './table.js';

/** What one rule measured in one run, kept so that later runs can learn from it. */
export interface Measurement {
  /** Which rule on which data: see {@link measurementKey}. */
  readonly key: string;
  readonly ruleId: string;
  readonly runId: string;
  /** ISO 8601 ending in `Z`: the run's `now`. */
  readonly measuredAt: string;
  /** Mergeable figures: rows, nulls, sum, sum of squares, min, max, and what else the type measures. */
  readonly state: JsonObject;
  /** The one number that the rule watches, if it watches one. */
  readonly metric: number | null;
}

/** Identifies a rule's measurements: the same project, warehouse, table, rule and definition. */
export const measurementKey = (parts: {
  readonly project: string;
  readonly warehouse: string;
  readonly table: string;
  readonly ruleId: string;
  readonly definitionHash: string;
}): string => JSON.stringify([parts.project, parts.warehouse, parts.table, parts.ruleId, parts.definitionHash]);

/** Past measurements. Reads see finished runs only. */
export interface History {
  /** Oldest first; only those measured before `before` (ISO 8601) and not by the run in progress. */
  measurements(
    key: string,
    options: { readonly before: string; readonly limit?: number },
  ): Promise<readonly Measurement[]>;
}

export interface RunStart {
  readonly runId: string;
  readonly kind: 'run' | 'explain' | 'debug' | 'generate';
  readonly startedAt: string;
  readonly rulesFiles: readonly string[];
  readonly warehouse: string;
  readonly llm: string | null;
}

export interface StepRecord {
  readonly node: string;
  readonly table: string | null;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: 'ok' | 'error' | 'skipped';
  readonly detail?: string | undefined;
}

/** One model call, whole, as sent and received. Redaction happened before. `inputTokens` include cached ones. */
export interface DecisionRecord {
  readonly node: string;
  readonly ruleId: string | null;
  readonly prompt: string;
  readonly response: string;
  readonly model: string;
  readonly promptVersion: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number | null;
  readonly latencyMs: number;
}

/** Where a run writes itself down. Append-only; every method may reject with {@link AuditError}, which never ends a run. */
export interface AuditPort {
  startRun(run: RunStart): Promise<void>;
  recordStep(runId: string, step: StepRecord): Promise<void>;
  recordDecision(runId: string, decision: DecisionRecord): Promise<void>;
  recordMeasurements(measurements: readonly Measurement[]): Promise<void>;
  finishRun(runId: string, report: Report): Promise<void>;
  /** What {@link recordDecision} wrote so far, in any order: a continued run writes down what is missing. */
  decisions?(runId: string): Promise<readonly DecisionRecord[]>;
}

/** Bytes by key, kept between processes: what checkpoints are written through. */
export interface CheckpointStore {
  put(scope: string, key: string, value: Uint8Array): Promise<void>;
  get(scope: string, key: string): Promise<Uint8Array | undefined>;
  /** Keys of a scope that start with `prefix`, in ascending order. */
  keys(scope: string, prefix: string): Promise<readonly string[]>;
  deleteScope(scope: string): Promise<void>;
}

/** The lineage graph, as far as the pipeline needs it. Names are as a rule writes them. */
export interface Lineage {
  /** Datasets that are made, directly or not, from this one. */
  downstream(table: string): Promise<readonly string[]>;
  /** Datasets that this one is made from, directly or not, the nearest first. */
  upstream?(table: string): Promise<readonly string[]>;
  /** What this table is made from, with SQL and columns; `undefined` where the graph does not know it. */
  trace?(table: string, options?: { readonly maxDistance?: number | undefined }): Promise<LineageTrace | undefined>;
  /** Dashboards and the like that read the table, directly or not: dbt exposures. */
  exposures?(table: string): Promise<readonly string[]>;
}

/** A failure as the model steps are shown it: facts only. */
export interface Failure {
  readonly rule: Rule;
  readonly result: RuleResult;
  readonly evidence: readonly Evidence[];
  readonly context: FailureContext;
}

/** What a good analyst would want to see beside the result. Rows are raw: whoever sends them masks them first. */
export interface FailureContext {
  /** The dialect's name, e.g. `duckdb`. */
  readonly dialect: string;
  /** The table that a fix may change, as its SQL writes it; of a file, a table that would hold it. */
  readonly target: string;
  /** Of the table, in table order; empty where it could not be described. */
  readonly columns: readonly ColumnDescription[];
  /** The statements that measured the rule. */
  readonly statements: readonly string[];
  /** A few rows that satisfy the rule; empty where none were read. */
  readonly passing: readonly Row[];
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
}

/** What model calls came to so far. `costUsd` is `null` as soon as one price is unknown. */
export interface ModelSpend {
  readonly calls: number;
  /** Cached tokens included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number | null;
}

/** One call as it ended: with an answer, or with what went wrong as the decision's response. */
export interface ModelCall {
  /** Equal requests have equal hashes, in a resumed run too. */
  readonly requestHash: string;
  /** What {@link NarratorSession.recall} gives back for this hash; absent where no answer came. Masked, like the decision. */
  readonly answer?: JsonValue | undefined;
  readonly decision: DecisionRecord;
}

/** What a step of a run lends to the narrator. */
export interface NarratorSession {
  /** The step that asks, e.g. `diagnose_narrate`. */
  readonly node: string;
  readonly signal?: AbortSignal | undefined;
  /** The answer that a call with this hash got before the run was killed. Recalled calls are neither made nor recorded again. */
  recall(requestHash: string): Promise<JsonValue | undefined>;
  /** To be called once per call, and awaited before its answer is used: writes the call down, and keeps its answer. */
  record(call: ModelCall): Promise<void>;
}

/** What a model said; `null` where nothing of it could be used. */
export interface Narrated<Value> {
  readonly value: Value | null;
  /** For the reader of the result, e.g. how many citations were dropped. */
  readonly notes: readonly string[];
}

/** The model half of the pipeline. A method that rejects costs that rule its narrative, never the run. */
export interface Narrator {
  readonly provider: string;
  readonly model: string;
  classify(
    failure: Failure,
    session: NarratorSession,
  ): Promise<Narrated<{ readonly severity: Severity; readonly reason: string }>>;
  diagnose(failure: Failure, session: NarratorSession): Promise<Narrated<Diagnosis>>;
  narrateRootCause(failure: Failure, found: RootCause, session: NarratorSession): Promise<Narrated<RootCause>>;
  /** Values of the SQL are still masked; {@link restore} gives them back. The caller judges the SQL. */
  propose(
    failure: Failure,
    session: NarratorSession,
  ): Promise<Narrated<Pick<Remediation, 'proposed_sql' | 'confidence' | 'caveat'>>>;
  /** Puts the values back that were masked before they were sent; `encode` makes each fit where it is put. */
  restore?(text: string, encode?: (value: string) => string): string;
  /** What a later process needs to mask equal values alike, as far as this text holds masked ones. Holds no values. */
  exportTokens?(text: string): JsonObject;
  /**
   * Before a run is continued: what it spent, which counts against the budget, and what {@link exportTokens} gave for each
   * of its calls.
   */
  begin?(spent: ModelSpend, tokens: readonly JsonObject[]): void;
}

/** Loads an adapter package by its name, e.g. `@aegis/llm-ollama`; `undefined` when it is not installed. */
export type ImportAdapter = (specifier: string) => Promise<unknown>;
