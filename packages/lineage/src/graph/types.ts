import type { TransformationSubtype, TransformationType } from '@aegis/spec';

/** OpenLineage's name of a dataset or a job, e.g. `postgres://host:5432` and `shop.public.orders`. */
export interface QualifiedName {
  readonly namespace: string;
  readonly name: string;
}

export type DatasetKind = 'table' | 'view' | 'file' | 'exposure' | 'unknown';

export interface DatasetColumn {
  readonly name: string;
  /** As the source of the graph spells it. */
  readonly type?: string | undefined;
}

export interface DatasetNode extends QualifiedName {
  /** Unique within the graph. */
  readonly id: string;
  readonly kind: DatasetKind;
  /** In table order; empty where unknown. */
  readonly columns: readonly DatasetColumn[];
  /** Other names of the same dataset as its sources write them, e.g. a dbt unique id. */
  readonly aliases: readonly string[];
  /** The configured warehouse it lives in, where a source or an override says so. */
  readonly warehouse?: string | undefined;
  readonly isDropped: boolean;
}

export type OperationKind =
  | 'create_table'
  | 'create_table_as'
  | 'create_view'
  | 'insert'
  | 'update'
  | 'delete'
  | 'merge'
  | 'copy'
  | 'drop'
  /** The output is the input under another name, and the input is gone. */
  | 'rename'
  | 'alter'
  | 'model'
  | 'job';

/** Which importer a part of the graph came from. */
export type Origin = 'openlineage' | 'marquez' | 'dbt' | 'sql' | 'oplog';

/** What made or changed datasets: one statement, one model, one job. */
export interface OperationNode extends QualifiedName {
  readonly id: string;
  readonly kind: OperationKind;
  readonly origin: Origin;
  /** Dataset ids. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly sql: string | null;
  /** Grammar of `sql`: a dialect's `parserName`. */
  readonly parserName: string | null;
  readonly runId: string | null;
  /** ISO 8601 ending in `Z`; the newest run where there were several. */
  readonly ranAt: string | null;
  readonly status: 'completed' | 'running' | 'failed' | 'unknown';
  /** Rows of the newest run, as a decimal string. */
  readonly rowsWritten: string | null;
  /** The job that this one is a part of, where a source says so. */
  readonly parent?: QualifiedName | undefined;
}

export interface ColumnReference {
  readonly dataset: string;
  readonly column: string;
}

/** One column feeds another. `to.column` is `null` where it decides about whole rows. */
export interface ColumnEdge {
  readonly from: ColumnReference;
  readonly to: { readonly dataset: string; readonly column: string | null };
  readonly type: TransformationType;
  readonly subtype: TransformationSubtype;
  readonly expression: string | null;
  readonly operation: string;
}

/** Something that an importer could not take in; nothing is dropped without one. */
export interface ImportProblem {
  /** Of the source, e.g. `events.ndjson:12` or a URL. */
  readonly place: string;
  readonly message: string;
  /** Present where nothing is missing from the graph because of it, e.g. a facet that lineage has no use for. */
  readonly isNote?: true | undefined;
}
