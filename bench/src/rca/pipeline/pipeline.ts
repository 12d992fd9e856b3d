import type { RuleSketch } from '../rules/sketch.js';

/** What a column is, as far as faults care: it decides what can go wrong with it. */
export type Role = 'key' | 'reference' | 'amount' | 'count' | 'time' | 'day' | 'category' | 'text' | 'other';

export interface SourceColumn {
  readonly name: string;
  readonly role: Role;
  readonly type: string;
  /** Over `i`, the number of the row, and `d`, the day since the start. */
  readonly sql: string;
  /** Of a category: what it may hold. */
  readonly values?: readonly string[] | undefined;
}

/** A table that the pipeline is given. */
export interface Source {
  readonly table: string;
  /** `facts` grow every day; a `dimension` is delivered whole every day. */
  readonly kind: 'facts' | 'dimension';
  /** Of facts, a day. */
  readonly rows: number;
  readonly columns: readonly SourceColumn[];
  readonly key: string;
  /** Of facts: the time that places a row on a day. */
  readonly time: string | null;
  /** Columns of one type that a careless export could exchange. */
  readonly swappable: readonly (readonly [string, string])[];
}

export interface OutputColumn {
  readonly name: string;
  readonly role: Role;
  readonly sql: string;
  readonly values?: readonly string[] | undefined;
}

export interface Join {
  readonly kind: 'JOIN' | 'LEFT JOIN';
  readonly table: string;
  readonly alias: string;
  /** Pairs of expressions that must be equal. */
  readonly on: readonly (readonly [string, string])[];
  /** An expression of the type of the first pair's left one that would be the wrong key. */
  readonly wrongKey?: string | undefined;
  /** A table with the same columns that has several rows for one key. */
  readonly finer?: string | undefined;
}

export interface Select {
  readonly from: string;
  readonly alias: string;
  readonly joins: readonly Join[];
  readonly columns: readonly OutputColumn[];
  /** All of these must hold. */
  readonly where: readonly string[];
  readonly groupBy: readonly string[];
  /** Keeps the newest row of each key: what deduplicates. */
  readonly latest: { readonly key: string; readonly order: string } | null;
}

export type Stage = 'staging' | 'incremental' | 'intermediate' | 'mart';

export interface Step {
  readonly output: string;
  readonly stage: Stage;
  /** `daily`: made once, then loaded by an INSERT for each of the last days. */
  readonly form: 'table' | 'view' | 'daily';
  /** More than one are united. */
  readonly selects: readonly Select[];
  /** Of `daily`: the expression that places a row on a day, over the first select. */
  readonly day: string | null;
  readonly swappable: readonly (readonly [string, string])[];
}

export interface Pipeline {
  readonly template: string;
  readonly seed: number;
  /** The day of the run that may be faulty, as `YYYY-MM-DD`; data reach up to the day before. */
  readonly today: string;
  readonly schemas: readonly string[];
  readonly sources: readonly Source[];
  readonly steps: readonly Step[];
  readonly rules: readonly RuleSketch[];
}
