import type { TransformationSubtype, TransformationType } from '@aegis/spec';
import type { DatasetName } from '../names/dataset-name.js';
import type { DatasetColumn, DatasetKind, OperationKind, OperationNode, Origin, QualifiedName } from './types.js';

/** What a source says of a dataset, beside its name. */
export interface DatasetFacts {
  readonly kind?: DatasetKind | undefined;
  /** In table order. */
  readonly columns?: readonly DatasetColumn[] | undefined;
  /** Other names of the same dataset, e.g. symlinks. */
  readonly aliases?: readonly DatasetName[] | undefined;
  /** A name that is no table's, e.g. a dbt unique id. */
  readonly label?: string | undefined;
  readonly warehouse?: string | undefined;
  /** ISO 8601: when the source said so. */
  readonly at?: string | null | undefined;
}

/** One run of an operation, as one event or record tells of it. */
export interface RunFacts {
  readonly runId: string | null;
  /** ISO 8601. */
  readonly at: string | null;
  readonly status: OperationNode['status'];
  readonly rowsWritten?: string | null | undefined;
}

/** What a source says of an operation. Datasets are the numbers that the builder gave them. */
export interface OperationFacts extends QualifiedName {
  readonly kind: OperationKind;
  readonly origin: Origin;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly sql?: string | null | undefined;
  readonly parserName?: string | null | undefined;
  readonly run?: RunFacts | undefined;
  readonly parent?: QualifiedName | undefined;
}

export interface ColumnEdgeFacts {
  readonly from: { readonly dataset: number; readonly column: string };
  /** `column` is `null` where the input decides about whole rows. */
  readonly to: { readonly dataset: number; readonly column: string | null };
  readonly type: TransformationType;
  readonly subtype: TransformationSubtype;
  readonly expression: string | null;
  /** The number that the builder gave the operation. */
  readonly operation: number;
}
