/** Formats of data files that a warehouse may read in place. */
export type FileFormat = 'parquet' | 'csv' | 'json';

/**
 * A table as a rule names it: dot-separated parts (catalog, schema, table; last part is the table), or a data file.
 * Parts carry no quotes; quoting is the dialect's job. File paths are absolute once a rules file was loaded.
 */
export type TableName =
  | { readonly kind: 'named'; readonly parts: readonly string[] }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly format: FileFormat;
      /** The path as the rule wrote it, for people; `path` where absent. */
      readonly written?: string | undefined;
    };

/** What a column holds, reduced to what rules need to know. `other` supports NULL tests only. */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'uuid'
  | 'bytes'
  | 'json'
  | 'array'
  | 'struct'
  | 'interval'
  | 'other';

export interface ColumnType {
  readonly kind: ColumnKind;
  /** The engine's own spelling, e.g. `DECIMAL(18,2)`. */
  readonly native: string;
}

export interface ColumnDescription {
  readonly name: string;
  readonly type: ColumnType;
  /** `undefined` where the engine does not say. `false` is a declaration, not a proof. */
  readonly nullable?: boolean | undefined;
}

export interface TableDescription {
  /** The name as the warehouse spells it. */
  readonly table: TableName;
  readonly kind: 'table' | 'view' | 'file';
  /** In table order. */
  readonly columns: readonly ColumnDescription[];
  /** Columns whose filters let the engine skip whole partitions. */
  readonly partitionColumns?: readonly string[] | undefined;
  /** Present where the engine refuses to read the table without a filter on one of them. */
  readonly requiresPartitionFilter?: true | undefined;
  /** Columns by which rows lie together, so that their filters let the engine read less. */
  readonly clusteringColumns?: readonly string[] | undefined;
  /** When the data last changed (ISO 8601 ending in `Z`), where the engine knows without a scan. */
  readonly modifiedAt?: string | undefined;
}

export interface ColumnStatistics {
  /** Exact number of NULLs, as a decimal string. */
  readonly nullCount?: string | undefined;
  /**
   * Bounds that every non-NULL value lies within, in the text form of {@link Cell}; both or neither.
   * They need not be reached. Left out where they may be truncated, and where the column may hold NaN or an infinity:
   * bounds of a floating-point column say that it holds neither, and are given for double precision only.
   */
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** What the engine knows exactly without a scan. Estimates do not belong here. */
export interface TableStatistics {
  /** Exact number of rows, as a decimal string. */
  readonly rowCount?: string | undefined;
  readonly columns: { readonly [column: string]: ColumnStatistics };
  /** Where the figures come from, e.g. `parquet footer`. */
  readonly source: string;
}
