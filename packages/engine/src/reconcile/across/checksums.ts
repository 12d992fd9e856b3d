import { type Bucketing, type BucketSelection, type Dialect, PlanError, type Row, type Statement } from '@aegis/spec';
import type { Comparison, Side } from '../comparison.js';
import { formWithin } from '../pair-form.js';
import { type Both, columnsOf, relationOf, type TwoSides } from './two-sides.js';

/** A bucket whose checksums differ, with its rows on each side. */
export interface Part extends Both<number> {
  readonly bucket: string;
}

export interface Round {
  readonly buckets: number;
  readonly differing: readonly Part[];
  /** Rows of all buckets; distinct keys where these were asked for. */
  readonly rows: Both<number>;
}

export interface RoundRequest {
  readonly buckets: Bucketing;
  readonly within?: BucketSelection | undefined;
  /** Whether keys that repeat count once, for comparisons of keys alone. */
  readonly distinct?: true | undefined;
}

export const checksumStatement = (
  comparison: Comparison,
  side: Side,
  { buckets, within, distinct }: RoundRequest,
): Statement => ({
  kind: 'bucket_checksums',
  from: relationOf(comparison, side),
  keys: columnsOf(comparison.keys, side),
  values: columnsOf(comparison.values, side, ({ form, tolerance }) => formWithin(form, tolerance)),
  buckets,
  within,
  distinct,
});

/** Why a side cannot hash its rows as the other does; `undefined` when both can. */
export const refusalOf = (comparison: Comparison, dialects: Both<Dialect>): string | undefined => {
  try {
    for (const side of ['target', 'source'] as const)
      dialects[side].statement(checksumStatement(comparison, side, { buckets: { by: 'hash', count: 1 } }));
    return undefined;
  } catch (error) {
    if (error instanceof PlanError && error.reason === 'unsupported') return error.message;
    throw error;
  }
};

/** Asks both sides for the checksums of their buckets, and gives those that differ. */
export const compareChecksums = async (
  comparison: Comparison,
  sides: TwoSides,
  request: RoundRequest,
  mostBuckets: number,
): Promise<Round> => {
  const { target, source } = await sides.both((side) =>
    sides.rows(side, checksumStatement(comparison, side, request), mostBuckets),
  );
  const others = new Map(source.map((row) => [String(row.bucket), row]));
  const differing = target.flatMap((row) => {
    const bucket = String(row.bucket);
    const other = others.get(bucket);
    others.delete(bucket);
    return other && isSame(row, other) ? [] : [{ bucket, target: Number(row.n), source: Number(other?.n ?? 0) }];
  });
  const onlyInSource = [...others].map(([bucket, row]) => ({ bucket, target: 0, source: Number(row.n) }));
  return {
    buckets: target.length + onlyInSource.length,
    differing: [...differing, ...onlyInSource],
    rows: { target: rowsOf(target), source: rowsOf(source) },
  };
};

const rowsOf = (buckets: readonly Row[]): number => buckets.reduce((sum, { n }) => sum + Number(n), 0);

const isSame = (left: Row, right: Row): boolean =>
  String(left.n) === String(right.n) && String(left.checksum) === String(right.checksum);
