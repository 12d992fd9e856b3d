import type { AggregateExpression, Expression } from './expression.js';
import type { Statement } from './statement.js';
import type { ColumnType, TableName } from './table.js';

/** How statements are best put to this engine: measured choices, not beliefs. */
export interface DialectStrategy {
  /** Longest statement the engine takes, in bytes of UTF-8. */
  readonly maxStatementBytes: number;
  /** Most measures in one fused statement. */
  readonly maxMeasures: number;
  /** Whether a hash-count is worth asking before an exact uniqueness count. */
  readonly hashBeforeKeyCounts: boolean;
  /**
   * Whether statements of one table are worth having under way together: a process of its own serves each, or each waits
   * for the network. Not where one statement already keeps every core busy.
   */
  readonly sideBySide: boolean;
  /** Whether filters that do not prune fold into conditional aggregates, because each scan is billed. */
  readonly foldFilters: boolean;
  /** Measures that this engine answers faster in a statement of their own, e.g. from zone maps. */
  standsAlone(expression: AggregateExpression): boolean;
}

/** The SQL text of one engine. Stateless and shared between connections. */
export interface Dialect {
  readonly contract: 'dialect/v1';
  /** e.g. `duckdb`, `postgres`, `bigquery`, `databricks`, `athena`. */
  readonly name: string;
  /** The name under which `@polyglot-sql/sdk` parses this SQL: `duckdb`, `postgresql`, `bigquery`, `databricks`, `trino`. */
  readonly parserName: string;
  readonly strategy: DialectStrategy;

  quoteIdentifier(name: string): string;
  tableName(table: TableName): string;
  expression(expression: Expression | AggregateExpression): string;
  /** @throws PlanError `unsupported` where the engine has no equal. */
  statement(statement: Statement): string;
  /** The engine's type name, as `describe` or `describeSql` gave it, reduced to a {@link ColumnType}. */
  columnType(native: string): ColumnType;
  /** Rows `column_name`, `data_type`, `is_nullable` (`YES`/`NO`), in table order; no rows when the table does not exist. */
  describeSql(table: TableName): string;
  /** A scalar: when the table's data last changed, where a catalogue knows. */
  modifiedAtSql?(table: TableName): string;
}
