import type {
  AggregateExpression,
  Cell,
  ColumnExpression,
  Expression,
  FailedBy,
  JsonObject,
  Measurement,
  Outcome,
  Row,
  ScopedRelation,
  Threshold,
  Unit,
} from '@aegis/spec';
import type { RowChange } from '@aegis/sql';
import type { z } from 'zod';

export type Category =
  | 'completeness'
  | 'uniqueness'
  | 'validity'
  | 'consistency'
  | 'volume'
  | 'timeliness'
  | 'statistics'
  | 'reconciliation'
  | 'custom';

/** Families of column kinds that a rule type can work with. `any` supports NULL tests only. */
export type Accepts = 'any' | 'comparable' | 'numeric' | 'text' | 'temporal' | 'key';

/** The tables a rule reads besides its own: the parent of a foreign key, the source of a reconciliation. */
export type RelationRole = 'target' | 'reference' | 'source';

/** What a rule needs to exist, declared so that it is checked before any scan. */
export interface Requirements {
  readonly columns: readonly ColumnUse[];
  /** Pairs of columns of the rule's own table that are compared with each other. */
  readonly comparable?: readonly (readonly [string, string])[];
  /** Other tables by role, as the rule names them. */
  readonly tables?: { readonly [role in Exclude<RelationRole, 'target'>]?: string };
  /** SQL that the user wrote, by the param it came from. The guard reads it before `probe` runs. */
  readonly expressions?: readonly UserSqlUse[];
  readonly query?: UserSqlUse;
  /** True when the table's modification time is needed. */
  readonly modifiedAt?: boolean;
  /** True for the type that judges whether a column exists. */
  readonly columnsMayBeMissing?: boolean;
}

export interface ColumnUse {
  /** Path within the document, e.g. `column` or `columns.1`, for positions in messages. */
  readonly param: string;
  readonly name: string;
  readonly relation?: RelationRole;
  readonly accepts: Accepts;
}

export interface UserSqlUse {
  readonly param: string;
  readonly sql: string;
  /** Whose columns the expression reads. */
  readonly relation?: RelationRole;
}

/** What a type may ask while it builds its probe: every name is resolved, every expression went through the guard. */
export interface ProbeContext<Params> {
  readonly params: Params;
  readonly nulls: 'ignore' | 'fail';
  /** The resolved column, typed. */
  column(name: string, relation?: RelationRole): ColumnExpression;
  /** The guarded expression of a param. */
  userSql(param: string): Expression;
  /** The guarded query of a param, with `{table}` replaced by the scoped relation. */
  query(param: string): string;
  relation(role: RelationRole): ScopedRelation;
  /** The run's clock, ISO 8601 ending in `Z`. */
  readonly now: string;
  /** IANA zone of naive values and of "today". */
  readonly timezone: string;
}

/** A named set of aggregates over one relation. Names are the type's own; equal expressions share one slot of a scan. */
export interface AggregateProbe {
  readonly kind: 'aggregate';
  readonly measures: { readonly [name: string]: AggregateExpression };
}

/** What to measure, as data. Names in comments are the measurements that `judge` receives. */
export type Probe =
  | AggregateProbe
  /** `rows`, `complete`, `distinct_keys`, `duplicate_keys`, `duplicate_rows`; see the statement `key_counts`. */
  | { readonly kind: 'frequency'; readonly keys: readonly ColumnExpression[] }
  /** `rows`, `complete`, `unmatched_rows`, `unmatched_keys`. */
  | {
      readonly kind: 'reference';
      readonly keys: readonly ColumnExpression[];
      readonly referenceKeys: readonly ColumnExpression[];
    }
  /** No scan: `exists` by column for declared columns, `columns` (the described ones, as JSON), `modified_at`. */
  | { readonly kind: 'metadata' }
  /** With `no_rows`: `rows`, `returned`. With `scalar`: `returned` rows (0, 1 or 2 = more) and `value`. */
  | { readonly kind: 'query'; readonly sql: string; readonly expect: 'no_rows' | 'scalar' }
  /** Both sides aggregated: measurements are named `target.<name>` and `source.<name>`. */
  | { readonly kind: 'compare'; readonly target: AggregateProbe; readonly source: AggregateProbe }
  /** `missing_in_target`, `missing_in_source`, `null_in_source`, `null_in_target`, `rows_in_source`, `rows_in_target`. */
  | {
      readonly kind: 'key_difference';
      readonly targetKeys: readonly ColumnExpression[];
      readonly sourceKeys: readonly ColumnExpression[];
    }
  /**
   * `missing_in_target`, `missing_in_source`, `different`, `different_0`, … by value, `null_in_source`, `null_in_target`,
   * `rows_in_source`, `rows_in_target`; see the statement `row_difference_counts`.
   */
  | ({ readonly kind: 'row_difference' } & RowComparison)
  /** `rows`, and `sampled` (rows of doubles) in {@link JudgeContext.rows}. */
  | { readonly kind: 'row_sample'; readonly columns: readonly ColumnExpression[]; readonly limit: number };

export type ProbeKind = Probe['kind'];

/** Rows of two relations that belong together by their keys, and what must be the same in them. */
export interface RowComparison {
  readonly targetKeys: readonly ColumnExpression[];
  /** In the order of `targetKeys`. */
  readonly sourceKeys: readonly ColumnExpression[];
  readonly values: readonly ComparedValue[];
}

/** A column of the target and one of the source; `tolerance` as an exact decimal, in seconds for times. */
export interface ComparedValue {
  readonly target: ColumnExpression;
  readonly source: ColumnExpression;
  readonly tolerance?: string | undefined;
  /** Digits after the decimal point (of the second, for times) that count. */
  readonly digits?: number | undefined;
}

/** Values by measure name, as the adapter gave them: counts are decimal strings. */
export type Measurements = { readonly [name: string]: Cell };

export interface JudgeContext<Params> extends ProbeContext<Params> {
  readonly failIf: Threshold | undefined;
  readonly warnIf: Threshold | undefined;
  /** Earlier runs of this rule, oldest first; empty for types without `metric`. */
  readonly history: readonly Measurement[];
  /** Rows of a `row_sample` probe. */
  readonly rows: readonly Row[];
}

export interface Judgement {
  readonly outcome: Exclude<Outcome, 'error'>;
  readonly rowsChecked: number | null;
  readonly rowsFailed: number | null;
  readonly unit: Unit;
  readonly failedPercent: number | null;
  readonly observed: JsonObject;
  readonly expected: JsonObject;
  readonly failedBy?: FailedBy;
  readonly rowsSampled?: number;
  readonly notes?: readonly string[];
  /** Failing rows that judging itself found (isolation forest). */
  readonly sample?: readonly Row[];
  /** The number that a history-learning type watches. */
  readonly metric?: number | null;
}

/** How to show what failed, and asked for only when the rule did. */
export type FailingRows =
  | { readonly kind: 'condition'; readonly condition: Expression }
  | { readonly kind: 'duplicates'; readonly keys: readonly ColumnExpression[] }
  | {
      readonly kind: 'unmatched';
      readonly keys: readonly ColumnExpression[];
      readonly referenceKeys: readonly ColumnExpression[];
    }
  | {
      readonly kind: 'key_difference';
      readonly targetKeys: readonly ColumnExpression[];
      readonly sourceKeys: readonly ColumnExpression[];
    }
  | ({ readonly kind: 'row_difference' } & RowComparison)
  | { readonly kind: 'query'; readonly sql: string };

/** A change that makes rows hold again, proposed to people without a model. Only where it is honest: most types have none. */
export interface FixTemplate {
  readonly change: RowChange;
  readonly confidence: 'high' | 'medium' | 'low';
  /** What to know before running it. */
  readonly caveat: string;
}

/** One row of a type's truth table: run on every warehouse by the conformance kit. */
export interface TypeCase {
  readonly title: string;
  /** Tables by name; the rule is on `t` unless `scope` says otherwise. */
  readonly tables: { readonly [name: string]: CaseTable };
  /** `logic` as in YAML, without `type`. */
  readonly logic: JsonObject;
  /** Merged into `scope`. */
  readonly scope?: JsonObject;
  /** Fixes the clock; the default is 2026-01-15T12:00:00Z. */
  readonly now?: string;
  /** Metrics of earlier runs, for types that learn: one a day, the last the day before `now`. */
  readonly history?: readonly number[];
  readonly expect: CaseExpectation;
}

/** Column types are portable words; each kit's seeder maps them to its engine. */
export interface CaseTable {
  readonly columns: { readonly [name: string]: CaseColumnType };
  /** Cells in column order: text form of {@link Cell}; numbers and booleans as themselves. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

export type CaseColumnType =
  | 'integer'
  | 'bigint'
  | 'decimal(38,10)'
  | 'double'
  | 'text'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'timestamptz';

export interface CaseExpectation {
  readonly outcome: Outcome;
  readonly rowsChecked?: number | null;
  readonly rowsFailed?: number | null;
  readonly failedBy?: Partial<FailedBy>;
  /** Compared key by key; keys that are not named are not looked at. */
  readonly observed?: JsonObject;
  /** For outcome `error`: the error code. */
  readonly code?: string;
  /** Rows that the sample must hold, in any order, compared on the named columns. */
  readonly sample?: readonly Row[];
}

/**
 * Everything about one rule type, in one place. Measure, then judge: `probe` says what to measure, `judge` is
 * arithmetic on what was measured. Shared code asks these declarations and never the name.
 */
export interface RuleType<Params = JsonObject> {
  readonly name: string;
  readonly category: Category;
  /** One sentence: what may not be. */
  readonly summary: string;
  /** What NULL, an empty scope and NaN do, in one or two sentences. */
  readonly edgeCases: string;
  readonly unit: Unit;
  /** The schema of `logic` without `type`, `nulls`, `fail_if`, `warn_if`; every field with a description. */
  readonly params: z.ZodType<Params>;
  /** What `warn_if` and `fail_if` may count, the usual unit first; none where they do not apply. */
  readonly countedUnits: readonly Threshold['of'][];
  /** Whether params like these leave nothing to count, so that `warn_if` and `fail_if` are refused. */
  countsNothing?(params: Params): boolean;
  /** Whether `logic.nulls: fail` applies. */
  readonly acceptsNulls: boolean;
  /** Whether past measurements are read and stored. */
  readonly learns: boolean;
  requires(params: Params): Requirements;
  probe(context: ProbeContext<Params>): Probe;
  /**
   * A second set of aggregates over the same relation, decided by the first (z-score, distinct failing values);
   * `undefined` when the first decides. Only for `aggregate` probes. Both sets reach `judge`; names must differ.
   */
  refine?(first: Measurements, context: ProbeContext<Params>): AggregateProbe | undefined;
  judge(measured: Measurements, context: JudgeContext<Params>): Judgement;
  failingRows?(measured: Measurements, context: JudgeContext<Params>): FailingRows | undefined;
  /** Asked only when the rule failed; `sample` are some of the failing rows, perhaps none. */
  fix?(sample: readonly Row[], context: JudgeContext<Params>): FixTemplate | undefined;
  /** A complete `logic` block for documents. */
  readonly example: JsonObject;
  readonly cases: readonly TypeCase[];
}
