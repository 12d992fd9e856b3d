import type { ColumnKind, TableDescription } from '@aegis/spec';

/** One value of a column and in how many rows it stands. */
export interface ValueCount {
  readonly value: string;
  readonly rows: number;
}

/** What was measured of one column. What is absent was not measured: it does not fit the type, or it failed. */
export interface ColumnProfile {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The engine's own spelling of the type. */
  readonly native: string;
  readonly nonNull?: number | undefined;
  /** Numbers and times, in the text form of a cell; of numbers, the finite ones. */
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly mean?: string | undefined;
  readonly stddev?: string | undefined;
  /** NaN and infinities. */
  readonly nonFinite?: number | undefined;
  /** Texts that are empty, or white space only. */
  readonly blank?: number | undefined;
  /** Different values. */
  readonly distinct?: number | undefined;
  /** The most frequent values first; all of them where they are few, else none. */
  readonly values: readonly ValueCount[];
  /** Different values of the first rows, as texts. Raw. */
  readonly examples: readonly string[];
}

export interface TableProfile {
  readonly description: TableDescription;
  readonly rows: number;
  /** In table order. */
  readonly columns: readonly ColumnProfile[];
  /** What the reader should know, e.g. that a column could not be measured. */
  readonly notes: readonly string[];
  /** Statements sent, and what they read; `null` where the warehouse does not say. */
  readonly statements: number;
  readonly bytesScanned: number | null;
}
