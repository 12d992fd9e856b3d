import type { TransformationSubtype, TransformationType } from '@aegis/spec';
import type { OperationKind } from '../graph/types.js';

/** A table as SQL names it: catalog, schema and table, as many as were written; without quotes. */
export type SqlTableName = readonly string[];

export interface SqlColumnInput {
  readonly table: SqlTableName;
  readonly column: string;
  readonly type: TransformationType;
  readonly subtype: TransformationSubtype;
}

/** Where one output column comes from. */
export interface SqlColumnLineage {
  /** `null` for what decides about whole rows: join keys, filters, grouping. */
  readonly column: string | null;
  /** The SQL that makes it, or the condition. */
  readonly expression: string;
  readonly inputs: readonly SqlColumnInput[];
  /** Why some input could not be told; absent where all of them could. Inputs listed are certain all the same. */
  readonly unresolved?: string | undefined;
}

/** What one statement reads and makes. */
export interface StatementLineage {
  readonly kind: OperationKind | 'select' | 'other';
  /** The statement's own text. */
  readonly sql: string;
  readonly output: SqlTableName | null;
  /** In order; `null` where they cannot be told, e.g. `SELECT *` over a table of unknown columns. */
  readonly outputColumns: readonly string[] | null;
  /** Base tables, each once, in the order of the text; CTEs are seen through. */
  readonly inputs: readonly SqlTableName[];
  readonly columns: readonly SqlColumnLineage[];
  /** Why nothing is known of the statement, e.g. where its grammar is not understood. */
  readonly unresolved?: string | undefined;
}

/** Columns of a table, in table order; `undefined` where they are not known. */
export type SchemaLookup = (table: SqlTableName) => readonly string[] | undefined;

export interface SqlLineageOptions {
  /** The grammar: a dialect's `parserName`, e.g. `duckdb`, `postgresql`, `bigquery`. */
  readonly parserName: string;
  /** Default: nothing is known. Tables that earlier statements of the same text made are known all the same. */
  readonly schema?: SchemaLookup | undefined;
}
