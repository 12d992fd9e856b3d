import type { JsonObject } from './json.js';
import type { Report } from './report.js';
import type { Diagnosis, Evidence, Remediation, RootCause, RuleResult } from './result.js';
import type { Rule, Severity } from './rule.js';

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

/** One model call, whole, as sent and received. Redaction happened before. */
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
  rootCause?(failure: { readonly rule: Rule; readonly result: RuleResult }): Promise<RootCause | null>;
}

/** A failure as the model steps are shown it: facts only. */
export interface Failure {
  readonly rule: Rule;
  readonly result: RuleResult;
  readonly evidence: readonly Evidence[];
}

/** The model half of the pipeline. A method that rejects costs that rule its narrative, never the run. */
export interface Narrator {
  readonly provider: string;
  readonly model: string;
  classify(failure: Failure): Promise<{ readonly severity: Severity; readonly reason: string } | null>;
  diagnose(failure: Failure): Promise<Diagnosis | null>;
  narrateRootCause(failure: Failure, found: RootCause): Promise<RootCause | null>;
  propose(failure: Failure): Promise<Remediation | null>;
  /** Totals of every call so far, repairs included. */
  usage(): {
    readonly calls: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly costUsd: number | null;
  };
}

/** Loads an adapter package by the name that {@link adapterPackage} gives. */
export type ImportAdapter = (specifier: string) => Promise<unknown>;
