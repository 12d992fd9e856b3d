import type { TableName } from './table.js';

/** What an operation does with a column of its input, in the words of OpenLineage's column lineage facet. */
export type TransformationType = 'DIRECT' | 'INDIRECT';
export type TransformationSubtype =
  | 'IDENTITY'
  | 'TRANSFORMATION'
  | 'AGGREGATION'
  | 'JOIN'
  | 'GROUP_BY'
  | 'FILTER'
  | 'SORT'
  | 'WINDOW'
  | 'CONDITIONAL';

/** A dataset on the way to the one that was asked for. */
export interface TracedDataset {
  /** Unique within the graph. */
  readonly id: string;
  /** For people: the shortest name that the graph resolves to this dataset alone. */
  readonly name: string;
  /** As a warehouse is asked for it; `null` where no table can be meant, e.g. a topic or a dashboard. */
  readonly table: TableName | null;
  /** The configured warehouse it lives in, where the graph knows another one than the asking rule's. */
  readonly warehouse?: string | undefined;
  readonly kind: 'table' | 'view' | 'file' | 'exposure' | 'unknown';
  /** In table order; empty where the graph does not know them. */
  readonly columns: readonly string[];
  /** Operations between this dataset and the one asked for; 0 is that one. */
  readonly distance: number;
  /** Whether the last thing recorded of it is that it was dropped. */
  readonly isDropped: boolean;
}

/** What made a dataset: a statement, a model, a job. */
export interface TracedOperation {
  readonly id: string;
  /** E.g. `create_table_as`, `insert`, `merge`, `model`, `job`. */
  readonly kind: string;
  /** For people, e.g. a dbt model's or a job's name. */
  readonly name: string;
  readonly output: string;
  readonly inputs: readonly string[];
  /** `null` where the source of the graph does not carry it. */
  readonly sql: string | null;
  /** Grammar of `sql`: a dialect's `parserName`. */
  readonly parserName: string | null;
  /** ISO 8601 ending in `Z`: when it last ran, where known. */
  readonly ranAt: string | null;
  /** Rows it wrote when it last ran, as a decimal string, where known. */
  readonly rowsWritten: string | null;
}

export interface TracedColumn {
  readonly dataset: string;
  readonly column: string;
}

/** One column feeds another. `to.column` is `null` where it decides about whole rows, e.g. as a join key or in a filter. */
export interface TracedColumnEdge {
  readonly from: TracedColumn;
  readonly to: { readonly dataset: string; readonly column: string | null };
  readonly type: TransformationType;
  readonly subtype: TransformationSubtype;
  /** The SQL that makes the output column, or the condition; `null` where unknown. */
  readonly expression: string | null;
  /** The operation's id. */
  readonly operation: string;
}

/** The part of the lineage graph that one table is made from. */
export interface LineageTrace {
  /** The dataset that was asked for. */
  readonly target: string;
  /** Nearest first; the target is the first. */
  readonly datasets: readonly TracedDataset[];
  /** Every operation whose output is among the datasets; of one output in the order they ran. */
  readonly operations: readonly TracedOperation[];
  readonly columns: readonly TracedColumnEdge[];
  /** What is missing or was cut, e.g. `the SQL of stg_orders is not known`. */
  readonly gaps: readonly string[];
}
