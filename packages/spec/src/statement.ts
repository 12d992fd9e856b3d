import type {
  AggregateExpression,
  ColumnExpression,
  Expression,
  LiteralExpression,
  UserSqlExpression,
} from './expression.js';
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
  /**
   * One row about rows with complete keys, paired by their keys: `missing_in_target` and `missing_in_source` (without a
   * partner), `different`, `different_0`, `different_1`, … by value; `joined_in_target` and `joined_in_source`, which exceed
   * the complete rows of a side when keys repeat; and of all rows `null_in_source`, `null_in_target`, `rows_in_source`,
   * `rows_in_target`.
   */
  | ({ readonly kind: 'row_difference_counts' } & RowPair)
  /**
   * Rows: `difference` (`different`, `missing_in_target` or `missing_in_source`), the key columns as `k0`, `k1`, …, the
   * target's values as `t0`, `t1`, … and the source's as `s0`, `s1`, ….
   */
  | ({ readonly kind: 'row_difference_rows'; readonly limit: number } & RowPair)
  /**
   * A row per bucket that holds any of the rows with complete keys: `bucket`, `n` (rows; distinct keys where `distinct`) and
   * `checksum`, the sum of the hashes of keys and values. Equal sides have equal checksums in every engine.
   */
  | ({
      readonly kind: 'bucket_checksums';
      readonly buckets: Bucketing;
      readonly distinct?: true | undefined;
    } & Bucketed)
  /** The rows (distinct keys where `distinct`) with complete keys: keys as `k0`, `k1`, …, values as `v0`, `v1`, …. */
  | ({ readonly kind: 'bucket_rows'; readonly limit: number; readonly distinct?: true | undefined } & Bucketed)
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
  /** Rows that fail, at most `limit`, spread over the relation: the same ones whenever the data is the same. */
  | {
      readonly kind: 'failing_rows';
      readonly from: ScopedRelation;
      readonly test: RowTest;
      readonly columns: readonly ColumnExpression[];
      readonly limit: number;
    }
  /**
   * Rows counted by segment: a row per segment of each set of dimensions, and one of all rows. `g0`, `g1`, … are 0 for the
   * dimensions of the row's set and 1 for others; `d0`, `d1`, … the values; `n` all rows, `n0`, `n1`, … those that fail the
   * tests. Segments without a failing row are left out, except of `keepEmpty`; the ones with most failing rows come first.
   */
  | {
      readonly kind: 'segment_counts';
      readonly from: ScopedRelation;
      readonly tests: readonly RowTest[];
      readonly dimensions: readonly SegmentDimension[];
      /** Positions in `dimensions`. */
      readonly sets: readonly (readonly number[])[];
      readonly keepEmpty?: readonly number[] | undefined;
      readonly limit: number;
    }
  /**
   * One row: `n0`, `n1`, … rows that fail the tests, `n0_1`, … those that fail both of two, and `w0`, `w1`, … those of a test
   * for which a condition is true, in the order of `within`.
   */
  | {
      readonly kind: 'failing_overlaps';
      readonly from: ScopedRelation;
      readonly tests: readonly RowTest[];
      /** `test` is a position in `tests`. */
      readonly within?: readonly { readonly test: number; readonly condition: Expression }[] | undefined;
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

/** What makes a row fail: a condition on it alone, or how it relates to other rows. Keys are all non-NULL. */
export type RowTest =
  | { readonly kind: 'condition'; readonly condition: Expression }
  | ({ readonly kind: 'unmatched'; readonly known?: KnownKeys | undefined } & Omit<ForeignKey, 'from'>)
  /** Other rows of the relation carry the same keys. `among` is a test that all such rows satisfy: no others need be compared. */
  | {
      readonly kind: 'duplicated';
      readonly keys: readonly ColumnExpression[];
      readonly known?: KnownKeys | undefined;
      readonly among?: RowTest | undefined;
    };

/** The keys of all rows that fail a test, each once and in the order of its `keys`, where they are known. */
export type KnownKeys = readonly (readonly LiteralExpression[])[];

/** By what rows are parted. */
export type SegmentDimension =
  | { readonly by: 'value'; readonly column: ColumnExpression }
  /** All values but these count as NULL. */
  | { readonly by: 'listed'; readonly column: ColumnExpression; readonly values: readonly LiteralExpression[] }
  /** By the number of edges, ascending, that are not above the value; −1 for NaN. */
  | { readonly by: 'range'; readonly column: ColumnExpression; readonly edges: readonly LiteralExpression[] }
  /** 1 where the condition is true, else 0. */
  | { readonly by: 'condition'; readonly condition: Expression };

export interface KeyPair {
  readonly target: ScopedRelation;
  readonly targetKeys: readonly ColumnExpression[];
  readonly source: ScopedRelation;
  readonly sourceKeys: readonly ColumnExpression[];
}

/** Rows of two relations of one warehouse that are compared column by column. */
export interface RowPair extends KeyPair {
  readonly values: readonly ComparedColumns[];
  /** Rows that share a key are paired in the order of their values; otherwise each with each. */
  readonly inOrder?: true | undefined;
}

/** A column of the target and one of the source that must hold the same. NULL is the same as NULL. */
export interface ComparedColumns {
  readonly target: ColumnExpression;
  readonly source: ColumnExpression;
  readonly form: CanonicalForm;
  /** Largest difference that is none, as an exact decimal; in seconds for times. */
  readonly tolerance?: string | undefined;
}

/**
 * How values are written so that equal ones have equal texts in every engine. `digits` after the decimal point stay: numbers
 * are rounded half away from zero, times are cut. Equal values have equal `coarse` texts, and so may others that are near.
 */
export type CanonicalForm =
  /** Digits without zeros that say nothing: `-5`, `0.1`. */
  | { readonly kind: 'number'; readonly digits?: number | undefined }
  /** The bits of a double, as which decimals and integers are read too. NaN is one value, and −0 is 0. Rounded below 10^15. */
  | { readonly kind: 'double'; readonly digits?: number | undefined; readonly coarse?: true | undefined }
  /** Microseconds since 1970-01-01, in UTC where there is a zone; a date is its midnight. */
  | { readonly kind: 'instant'; readonly digits?: number | undefined; readonly coarse?: true | undefined }
  /** Microseconds since midnight. */
  | { readonly kind: 'time'; readonly digits?: number | undefined }
  /** Text by code point, bytes as hexadecimal digits, UUIDs in lower case. */
  | { readonly kind: 'text' | 'bytes' | 'boolean' | 'uuid' };

export interface CanonicalColumn {
  readonly column: ColumnExpression;
  readonly form: CanonicalForm;
}

/** One side of a comparison between engines. */
export interface Bucketed {
  readonly from: ScopedRelation;
  readonly keys: readonly CanonicalColumn[];
  readonly values: readonly CanonicalColumn[];
  /** Only rows of these buckets; all where absent. */
  readonly within?: BucketSelection | undefined;
}

/**
 * How rows fall into buckets: by a hash of their keys, from 0 below `count`; or by the first key, an integer, date or
 * timestamp, as its distance from `from` rounded down to a multiple of `width` (days and times in microseconds).
 */
export type Bucketing =
  | { readonly by: 'hash'; readonly count: number }
  | { readonly by: 'range'; readonly from: string; readonly width: string };

export type BucketSelection =
  | { readonly by: 'hash'; readonly count: number; readonly chosen: readonly number[] }
  /** Hash buckets next to each other. */
  | { readonly by: 'slice'; readonly count: number; readonly from: number; readonly below: number }
  /** First keys from `from` to below `below`. */
  | { readonly by: 'range'; readonly ranges: readonly { readonly from: string; readonly below: string }[] };
