import type { JsonValue, Row } from '@aegis/spec';

/** Where a dataset stands in the graph: nothing known goes into an input, nothing known is made from a target. */
export type GraphNodeKind = 'input' | 'intermediate' | 'target';

/**
 * Whether values can be read. `dropped` and `missing`: the warehouse has no such table, as the graph knows or does not.
 * `not_a_table`: a file, a stream, a dashboard. `elsewhere`: in another warehouse. `unknown`: nobody could say.
 */
export type Liveness = 'live' | 'dropped' | 'missing' | 'not_a_table' | 'elsewhere' | 'unknown';

export interface GraphNode {
  /** As SQL and the tools take it. */
  readonly name: string;
  /** Unique within the graph. */
  readonly id: string;
  readonly kind: GraphNodeKind;
  readonly liveness: Liveness;
  /** E.g. `table`, `view`, `file`. */
  readonly form: string;
  /** Operations that wrote it. */
  readonly operations: number;
}

export interface GraphNodes {
  readonly nodes: readonly GraphNode[];
  /** Of the graph, or of what was asked for. */
  readonly total: number;
  readonly isTruncated: boolean;
}

export interface OperationSql {
  readonly operation: string;
  readonly kind: string;
  /** Without the rows that it writes out; `null` where the sources of the graph do not carry it. */
  readonly sql: string | null;
  readonly inputs: readonly string[];
  /** ISO 8601 ending in `Z`: when it last ran. */
  readonly ranAt: string | null;
  /** As a decimal string. */
  readonly rowsWritten: string | null;
  readonly status: string;
}

export interface OperationsOf {
  readonly table: string;
  /** In the order they ran; empty for an input. */
  readonly operations: readonly OperationSql[];
  /** Older ones that a result has no room for. */
  readonly leftOut: number;
}

export interface SchemaColumn {
  readonly name: string;
  /** As the warehouse spells it; `null` where only the graph knows the column. */
  readonly type: string | null;
  /** `undefined` where nobody says. */
  readonly nullable?: boolean | undefined;
  /** Columns that its values come from, e.g. `orders.amount`. */
  readonly madeFrom: readonly string[];
  /** The SQL that makes it, where known. */
  readonly expression: string | null;
}

export interface TableSchema {
  readonly table: string;
  readonly liveness: Liveness;
  readonly source: 'warehouse' | 'lineage';
  readonly columns: readonly SchemaColumn[];
  /** Columns that decide which rows there are: filters and join keys with their conditions. */
  readonly rowsDecidedBy: readonly string[];
}

/** Rows with values masked. */
export interface QueryRows {
  /** What ran. */
  readonly sql: string;
  /** Tables that it read. */
  readonly tables: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Why rows are missing: more than the limit, or more than the bytes that a result may have. */
  readonly truncated: 'rows' | 'bytes' | null;
  readonly rowLimit: number;
}

export interface ColumnStats {
  readonly name: string;
  readonly type: string;
  /** As a decimal string. */
  readonly nonNull: string;
  /** `null` for columns of NULLs and for types without order. */
  readonly min: JsonValue;
  readonly max: JsonValue;
}

export interface TableStats {
  readonly table: string;
  /** As a decimal string. */
  readonly rows: string;
  readonly columns: readonly ColumnStats[];
}

export interface UpstreamTable {
  readonly name: string;
  readonly kind: GraphNodeKind;
  /** Operations in between; 0 is the table asked for. */
  readonly distance: number;
  readonly madeBy: readonly { readonly operation: string; readonly kind: string; readonly inputs: readonly string[] }[];
}

export interface UpstreamTrace {
  readonly table: string;
  /** The nearest first. */
  readonly tables: readonly UpstreamTable[];
  /** Whether there is more beyond the depth, or more than was listed. */
  readonly isTruncated: boolean;
}

/** The rows of one table that belong to the row asked for. */
export interface TracedRows {
  readonly table: string;
  readonly distance: number;
  /** The columns that hold the key there. */
  readonly key: { readonly [column: string]: JsonValue };
  readonly rows: readonly Row[];
  readonly truncated: boolean;
}

export interface RowTrace {
  readonly table: string;
  /** The table asked for is the first. */
  readonly found: readonly TracedRows[];
  /** Tables where the key could not be followed, and why. */
  readonly notFollowed: readonly { readonly table: string; readonly reason: string }[];
}
