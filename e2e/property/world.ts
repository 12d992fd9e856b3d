/** What a column holds, as the rules tell kinds apart. */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'time'
  | 'uuid'
  | 'bytes'
  | 'array';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** DuckDB's name of the type. */
  readonly sqlType: string;
}

/** Text that DuckDB casts to the column's type; `null` is NULL. */
export type Cell = string | null;

export interface Table {
  /** Any name at all, unquoted. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that were there once and were deleted: what the engine keeps about a column may still speak of them. */
  readonly deleted: readonly (readonly Cell[])[];
}

/** Everything that a rule can look at. */
export interface World {
  readonly target: Table;
  /** The parent of foreign keys. */
  readonly reference: Table;
  /** The other side of reconciliations. */
  readonly source: Table;
  /** ISO 8601 ending in `Z`. */
  readonly now: string;
  /** A zone whose offset never changes. */
  readonly timezone: Timezone;
}

/** IANA zones that never change their clocks, with their seconds east of UTC. */
export const offsets = { UTC: 0, 'Etc/GMT-14': 50_400, 'Etc/GMT+12': -43_200, 'Etc/GMT-1': 3600 } as const;
export type Timezone = keyof typeof offsets;

export type Operator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition that a user might write, as a tree: printed as SQL for Aegis, and evaluated by the oracle. */
export type Predicate =
  | { readonly kind: 'is_null'; readonly column: string }
  | { readonly kind: 'compare'; readonly column: string; readonly operator: Operator; readonly literal: string }
  | { readonly kind: 'not'; readonly operand: Predicate }
  | { readonly kind: 'and' | 'or'; readonly left: Predicate; readonly right: Predicate };

export interface Limit {
  readonly of: 'rows' | 'keys' | 'values' | 'percent';
  readonly operator: '>' | '>=';
  readonly value: string;
}

interface Bounds {
  readonly min_value?: string;
  readonly max_value?: string;
}

/** What a query of a `custom_sql` rule asks. */
export type Query =
  /** Rows for which the predicate holds. */
  | { readonly kind: 'rows'; readonly having: Predicate }
  /** Whether the scope has this many rows. */
  | { readonly kind: 'is_count'; readonly count: number };

/** Every rule type with its params, under the names of the rules file. */
export interface RuleParams {
  readonly not_null: { readonly columns: readonly string[] };
  readonly not_empty_string: { readonly column: string };
  readonly null_percentage_below: { readonly column: string; readonly threshold: string };
  readonly unique: { readonly column: string };
  readonly composite_unique: { readonly columns: readonly string[] };
  readonly duplicate_percentage_below: { readonly column: string; readonly threshold: string };
  readonly sql_expression: { readonly expression: Predicate };
  readonly between: Bounds & { readonly column: string };
  readonly min_value_check: { readonly column: string; readonly min_value: string };
  readonly max_value_check: { readonly column: string; readonly max_value: string };
  readonly regex_match: { readonly column: string; readonly pattern: string };
  readonly accepted_values: { readonly column: string; readonly values: readonly string[] };
  readonly not_accepted_values: { readonly column: string; readonly values: readonly string[] };
  readonly no_future_dates: { readonly column: string };
  readonly column_exists: { readonly column: string };
  readonly foreign_key: { readonly columns: readonly string[]; readonly reference_columns: readonly string[] };
  readonly conditional_not_null: { readonly column: string; readonly condition: Predicate };
  readonly mean_between: Bounds & { readonly column: string };
  readonly column_sum_between: Bounds & { readonly column: string };
  readonly stddev_below: { readonly column: string; readonly threshold: string };
  readonly freshness: {
    readonly column: string;
    readonly threshold: string;
    readonly unit: 'minutes' | 'hours' | 'days';
  };
  readonly date_order: { readonly column: string; readonly column_b: string };
  readonly row_count: { readonly threshold: string };
  readonly row_count_between: Bounds;
  readonly custom_sql: { readonly query: Query };
  readonly reconcile_row_count: { readonly tolerance_pct: string; readonly source_where?: Predicate };
  readonly reconcile_column_sum: {
    readonly column: string;
    readonly source_column: string;
    readonly tolerance_pct: string;
    readonly source_where?: Predicate;
  };
  readonly reconcile_key_match: {
    readonly columns: readonly string[];
    readonly source_columns: readonly string[];
    readonly source_where?: Predicate;
  };
  readonly reconcile_rows: {
    readonly key_columns: readonly string[];
    readonly source_key_columns: readonly string[];
    readonly columns: readonly ComparedColumn[];
    readonly source_where?: Predicate;
  };
  readonly zscore_outlier: { readonly column: string; readonly zscore_threshold: string };
  readonly isolation_forest: { readonly columns: readonly string[]; readonly contamination?: string };
  readonly learned_threshold: {
    readonly column?: string;
    readonly metric: Metric;
    readonly zscore_threshold: string;
    readonly min_history_days: string;
  };
}

/** A column of the target and one of the source that must hold the same. */
export interface ComparedColumn {
  readonly column: string;
  readonly source_column: string;
  readonly tolerance?: string;
  readonly round?: string;
}

export type Metric = 'mean' | 'sum' | 'min' | 'max' | 'stddev' | 'null_percent' | 'row_count';

export type RuleTypeName = keyof RuleParams;

/** What may stand beside the params of a type. */
export interface Surroundings {
  readonly where?: Predicate;
  readonly nulls?: 'fail';
  readonly fail_if?: Limit;
  readonly warn_if?: Limit;
  /** Metrics of earlier runs: one a day, the last the day before now. */
  readonly history?: readonly number[];
}

export type RuleOf<Type extends RuleTypeName> = Surroundings & {
  readonly type: Type;
  readonly params: RuleParams[Type];
};

export type GeneratedRule = { [Type in RuleTypeName]: RuleOf<Type> }[RuleTypeName];
