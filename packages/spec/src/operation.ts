import type { TransformationSubtype, TransformationType } from './lineage.js';

/** A column that a statement read. Tables are named as SQL names them: catalog, schema and table, as many as were written. */
export interface OperationInput {
  readonly table: readonly string[];
  readonly column: string;
  readonly type: TransformationType;
  readonly subtype: TransformationSubtype;
}

/** What one output column is made of; `column` is `null` for what decides about whole rows. */
export interface OperationColumn {
  readonly column: string | null;
  /** The SQL that makes it, or the condition. */
  readonly expression: string;
  readonly inputs: readonly OperationInput[];
  /** Why some input could not be told; absent where all could. */
  readonly unresolved?: string | undefined;
}

/** What a statement did to one table. */
export interface OperationChange {
  /** E.g. `create_table_as`, `insert`, `drop`; `select` and `other` change no table that is known. */
  readonly kind: string;
  readonly output: readonly string[] | null;
  /** In order; `null` where they are not known. */
  readonly outputColumns: readonly string[] | null;
  readonly inputs: readonly (readonly string[])[];
  readonly columns: readonly OperationColumn[];
  /** Why nothing is known of it, e.g. that it cannot be parsed. */
  readonly unresolved?: string | undefined;
}

/** One statement that went through a warehouse with an operation log. JSON-safe. */
export interface OperationRecord {
  readonly operationId: string;
  /** Statements of one pipeline share it. */
  readonly runId: string;
  /** With secrets masked. */
  readonly sql: string;
  /** Grammar of `sql`: a dialect's `parserName`. */
  readonly parserName: string;
  /** What the warehouse is called; `null` where nobody said. */
  readonly warehouse: string | null;
  readonly user: string | null;
  /** One for each table that it changed; one that says why where that is not known. */
  readonly changes: readonly OperationChange[];
  /** As a decimal string; `null` where the engine does not count them. */
  readonly rowsAffected: string | null;
  /** ISO 8601 ending in `Z`. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** `null` where it succeeded. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface OperationQuery {
  readonly runId?: string | undefined;
}

/** Where operations are written down. They are only ever added. */
export interface OperationStore {
  recordOperation(operation: OperationRecord): Promise<void>;
  /** In the order in which they were recorded. */
  operations(query?: OperationQuery): Promise<readonly OperationRecord[]>;
}
