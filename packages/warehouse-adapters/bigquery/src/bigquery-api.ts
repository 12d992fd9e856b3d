/** The parts of the REST API's answers that are read. @see https://cloud.google.com/bigquery/docs/reference/rest */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly fields?: readonly Field[];
  readonly precision?: string;
  readonly scale?: string;
  readonly maxLength?: string;
  readonly rangeElementType?: { readonly type: string };
}

export interface WireRow {
  readonly f: readonly WireCell[];
}

export interface WireCell {
  readonly v: WireValue;
}

export type WireValue = string | null | WireRow | readonly WireCell[];

export interface JobReference {
  readonly projectId: string;
  readonly jobId: string;
  readonly location?: string | undefined;
}

export interface JobResource {
  readonly jobReference?: Partial<JobReference>;
  readonly statistics?: {
    readonly totalBytesProcessed?: string;
    readonly query?: { readonly statementType?: string; readonly totalBytesProcessed?: string };
  };
}

export interface QueryResults {
  readonly jobComplete: boolean;
  readonly schema?: { readonly fields?: readonly Field[] };
  readonly rows?: readonly WireRow[];
  readonly pageToken?: string;
  readonly totalBytesProcessed?: string;
  readonly cacheHit?: boolean;
}

export interface TableReference {
  readonly projectId: string;
  readonly datasetId: string;
  readonly tableId: string;
}

export interface TableResource {
  readonly tableReference: TableReference;
  readonly type: string;
  readonly schema?: { readonly fields?: readonly Field[] };
  readonly numRows?: string;
  readonly lastModifiedTime?: string;
  readonly streamingBuffer?: object;
  readonly maxStaleness?: string;
  readonly requirePartitionFilter?: boolean;
  readonly timePartitioning?: {
    readonly type?: string;
    readonly field?: string;
    readonly requirePartitionFilter?: boolean;
  };
  readonly rangePartitioning?: { readonly field?: string };
  readonly clustering?: { readonly fields?: readonly string[] };
}

export interface TableList {
  readonly tables?: readonly { readonly tableReference: TableReference }[];
  readonly nextPageToken?: string;
}

export interface DatasetList {
  readonly datasets?: readonly { readonly datasetReference: { readonly datasetId: string } }[];
  readonly nextPageToken?: string;
}
