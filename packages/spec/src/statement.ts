import type { AggregateExpression, ColumnExpression, Expression, UserSqlExpression } from './expression.js';
import type { TableName } from './table.js';

/** A table with the rule's `where` applied. */
export interface ScopedRelation {
  readonly table: TableName;
  /** Present for a view: each mention of it in a statement may run its query once more. */
  readonly isView?: true | undefined;
  readonly where?: UserSqlExpression | undefined;
}

export interface Measure {
  /** Result column: `m0`, `m1`, … */
  readonly alias: string;
  readonly expression: AggregateExpression;
}

/**
 * Everything the engine asks a warehouse, as data. The dialect turns each into one SQL text; result columns are named
 * below. Counts are 64-bit integers, so they arrive as decimal strings.
 */
export type Statement =
  /** One row: a column per measure. */
  | { readonly kind: 'aggregate'; readonly from: ScopedRelation; readonly measures: readonly Measure[] }
  /**
   * One row: `complete` (rows whose keys are all non-NULL) and `distinct_hashes` of those keys. A cheap test: equal
   * figures prove uniqueness, anything else proves nothing.
   */
  | { readonly kind: 'key_hashes'; readonly from: ScopedRelation; readonly keys: readonly ColumnExpression[] }
  /**
   * One row over the rows whose keys are all non-NULL: `complete`, `distinct_keys`, `duplicate_keys` (keys that occur
   * more than once) and `duplicate_rows` (rows that carry such a key). A dialect that has them at hand adds `examples`: a
   * list of at most so many rows of `duplicate_keys`, as objects, or NULL.
   */
  | {
      readonly kind: 'key_counts';
      readonly from: ScopedRelation;
      readonly keys: readonly ColumnExpression[];
      readonly examples?: number | undefined;
    }
  /** Rows: the key columns and `occurrences`, most frequent first, for keys that occur more than once. */
  | {
      readonly kind: 'duplicate_keys';
      readonly from: ScopedRelation;
      readonly keys: readonly ColumnExpression[];
      readonly limit: number;
    }
  /** One row: `unmatched_rows` and `unmatched_keys` (distinct) among rows whose keys are all non-NULL. */
  | ({ readonly kind: 'unmatched_counts' } & ForeignKey)
  /** Rows of the child without a match. */
  | ({ readonly kind: 'unmatched_rows'; readonly limit: number } & ForeignKey)
  /**
   * One row about distinct complete keys: `missing_in_target`, `missing_in_source`, and about rows with a NULL key:
   * `null_in_source`, `null_in_target`; and `rows_in_source`, `rows_in_target`.
   */
  | ({ readonly kind: 'key_difference_counts' } & KeyPair)
  /** Rows: `side` (`missing_in_target` or `missing_in_source`) and the key columns under the target's names. */
  | ({ readonly kind: 'key_difference_rows'; readonly limit: number } & KeyPair)
  /** Rows for which `condition` is true. `columns` undefined means all. */
  | {
      readonly kind: 'rows';
      readonly from: ScopedRelation;
      readonly columns?: readonly ColumnExpression[] | undefined;
      readonly condition?: Expression | undefined;
      readonly limit: number;
    }
  /**
   * A deterministic sample: the same rows whenever the data is the same, spread over the table, at most `limit`.
   * Rows with a NULL in `columns` are left out.
   */
  | {
      readonly kind: 'row_sample';
      readonly from: ScopedRelation;
      readonly columns: readonly ColumnExpression[];
      readonly rowCount: string;
      readonly limit: number;
    }
  /** One row: `returned`, the number of rows that the guarded query gives. */
  | { readonly kind: 'query_count'; readonly sql: string }
  /** The guarded query itself, at most `limit` rows. */
  | { readonly kind: 'query_rows'; readonly sql: string; readonly limit: number };

export type StatementKind = Statement['kind'];

export interface ForeignKey {
  readonly from: ScopedRelation;
  readonly keys: readonly ColumnExpression[];
  readonly reference: TableName;
  /** In the order of `keys`. */
  readonly referenceKeys: readonly ColumnExpression[];
}

export interface KeyPair {
  readonly target: ScopedRelation;
  readonly targetKeys: readonly ColumnExpression[];
  readonly source: ScopedRelation;
  readonly sourceKeys: readonly ColumnExpression[];
}
