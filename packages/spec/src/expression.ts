import type { ColumnType } from './table.js';

/** A column of the scoped relation, with the type that `describe` gave it: rendering depends on it. */
export interface ColumnExpression {
  readonly kind: 'column';
  readonly name: string;
  readonly type: ColumnType;
}

export type LiteralType =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'uuid';

/**
 * A typed constant. `value` is text in one portable form per type: exact decimal digits; `true`/`false`;
 * `YYYY-MM-DD`; `YYYY-MM-DD HH:MM:SS[.ffffff]` (naive); the same ending in `Z` for `timestamptz`;
 * `NaN`, `Infinity`, `-Infinity` for floats.
 */
export interface LiteralExpression {
  readonly kind: 'literal';
  readonly type: LiteralType;
  readonly value: string;
}

/** SQL that a user wrote, as the guard rendered it from its tree; `columns` are the names it reads. */
export interface UserSqlExpression {
  readonly kind: 'user_sql';
  readonly sql: string;
  readonly columns: readonly string[];
}

export type CompareOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** Scalar expressions. Truth is three-valued, as in SQL. */
export type Expression =
  | ColumnExpression
  | LiteralExpression
  | UserSqlExpression
  | { readonly kind: 'is_null'; readonly operand: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'and'; readonly operands: readonly Expression[] }
  | { readonly kind: 'or'; readonly operands: readonly Expression[] }
  /** Text compares by code point whatever the column's collation. */
  | {
      readonly kind: 'compare';
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly operand: Expression; readonly values: readonly LiteralExpression[] }
  /** True for NaN only; NULL for NULL; false for every type that has no NaN. */
  | { readonly kind: 'is_nan'; readonly operand: Expression }
  /** False for NaN and the infinities; NULL for NULL; true for every value of a type that has neither. */
  | { readonly kind: 'is_finite'; readonly operand: Expression }
  /** Whether the portable pattern is found anywhere in the text. */
  | { readonly kind: 'matches'; readonly operand: Expression; readonly pattern: string }
  /** Text without U+0009–U+000D, U+0020 and U+00A0 at both ends. */
  | { readonly kind: 'trim'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'abs'; readonly operand: Expression }
  /** The value as an IEEE 754 double. */
  | { readonly kind: 'to_double'; readonly operand: Expression };

/** Aggregates over the scoped relation. All of them ignore NULL operands. */
export type AggregateExpression =
  | { readonly kind: 'count_all' }
  | { readonly kind: 'count_if'; readonly condition: Expression }
  | { readonly kind: 'count'; readonly operand: Expression }
  /** Costs memory by the number of distinct values: only behind a filter that few rows pass. */
  | { readonly kind: 'count_distinct'; readonly operand: Expression; readonly filter: Expression }
  | {
      readonly kind: 'aggregate';
      /**
       * `sum` is exact (widened) for integers and decimals, a double otherwise; `sum_squares`, `mean`, `stddev_sample`
       * and `stddev_population` are doubles; `min` and `max` keep the operand's type.
       */
      readonly function: AggregateFunction;
      readonly operand: Expression;
      /** Rows for which this is not true are left out. */
      readonly filter?: Expression | undefined;
    };

export type AggregateFunction = 'sum' | 'sum_squares' | 'mean' | 'stddev_sample' | 'stddev_population' | 'min' | 'max';
