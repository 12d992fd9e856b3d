import type { Pipeline, Step } from '../pipeline/pipeline.js';

export const faultKinds = [
  'null_segment',
  'wrong_unit',
  'duplicate_load',
  'dropped_partition',
  'changed_join_key',
  'filter_inverted',
  'type_truncation',
  'default_value',
  'timezone_shift',
  'stale_source',
  'fanout_join',
  'swapped_columns',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const places = ['source', 'transformation'] as const;
export type Place = (typeof places)[number];

/** Which rows are hit. */
export interface Segment {
  readonly column: string;
  /** The one value, or the first day, as text. */
  readonly value: string;
  readonly is: 'equal' | 'from' | 'on_day';
}

/** What is true about a faulty run. */
export interface Truth {
  readonly kind: FaultKind;
  readonly place: Place;
  /** Where the fault is put in: a source, or what the broken step makes. */
  readonly table: string;
  /** Naming any of them is right; empty where whole rows come, go or multiply. */
  readonly columns: readonly string[];
  /** `null` where all rows are hit, or no segment describes them. */
  readonly segment: Segment | null;
  /** The broken step's output; `null` at a source. */
  readonly operation: string | null;
  /** How rows of the table change: what is checked before a run counts. */
  readonly effect: Effect;
  readonly description: string;
}

/** `values`: rows stay, columns change. `more`, `fewer`: rows come or go, none changes. `any`: it is different. */
export type Effect = 'values' | 'more' | 'fewer' | 'any';

export interface Fault extends Truth {
  /** Run after the sources are delivered. */
  readonly onSources: readonly string[];
  /** The step as somebody broke it. */
  readonly onStep?: BrokenStep | undefined;
}

export interface BrokenStep {
  readonly output: string;
  /** Default: the step as it was. */
  readonly step?: Step | undefined;
  /** Of a daily step, which loads run and how often; by index of the load. Default: each once. */
  readonly loads?: readonly number[] | undefined;
  /** Of a daily step: the first load that runs the broken SQL. Default: all run it. */
  readonly brokenFrom?: number | undefined;
}

/** Every place where a pipeline can break in one way. */
export type FaultSites = (pipeline: Pipeline) => readonly Fault[];
