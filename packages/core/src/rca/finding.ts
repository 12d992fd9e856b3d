import type { Evidence, RootCause, Rule, TracedDataset, TracedOperation } from '@aegis/spec';
import type { Lab } from './lab.js';
import type { Reading } from './reading.js';
import type { TraceIndex } from './trace-index.js';

/** How a failure came into the data. */
export type CauseKind =
  | 'source'
  | 'transformation'
  | 'join_fanout'
  | 'join_loss'
  | 'filter_loss'
  | 'late_or_missing_load'
  | 'schema_change'
  | 'duplicate_load'
  | 'unknown';

export type Confidence = NonNullable<RootCause['confidence']>;

/** Evidence before it has an id. */
export type Fact = Omit<Evidence, 'id'>;

/** Where a failure enters, as far as it was found out. */
export interface Finding {
  readonly dataset: TracedDataset;
  readonly column: string | null;
  readonly operation: TracedOperation | undefined;
  readonly kind: CauseKind;
  /** From the failing table to the entry, by name. */
  readonly path: readonly string[];
  readonly facts: readonly Fact[];
  readonly confidence: Confidence;
  /** The check that fails at the entry, where rows can be told by it. */
  readonly entry?: Pick<Symptom, 'dataset' | 'rule' | 'reading'> | undefined;
}

/** A check that fails in one dataset: what was declared, or what an earlier step of the analysis came upon. */
export interface Symptom {
  readonly dataset: TracedDataset;
  /** Asked of the dataset. */
  readonly rule: Rule;
  readonly reading: Reading;
  /** From the failing table to the dataset, by name. */
  readonly path: readonly string[];
}

/** What the steps of one analysis share. */
export interface Case {
  readonly index: TraceIndex;
  readonly lab: Lab;
  /** Follows another symptom; bounded, so that a chain of reasons ends. */
  readonly follow: (symptom: Symptom) => Promise<Finding | undefined>;
}

/** The path goes on; each dataset is named once. */
export const extended = (path: readonly string[], more: readonly string[]): readonly string[] => [
  ...new Set([...path, ...more]),
];
