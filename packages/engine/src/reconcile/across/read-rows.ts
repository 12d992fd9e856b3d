import { type BucketSelection, type ComparedColumns, PlanError, type Statement } from '@aegis/spec';
import type { Comparison, Side } from '../comparison.js';
import type { Part } from './checksums.js';
import type { Findings } from './findings.js';
import type { BucketLimits } from './limits.js';
import type { Progress } from './progress.js';
import { columnsOf, relationOf, type TwoSides } from './two-sides.js';

/** What reading needs at hand. */
export interface Reading {
  readonly comparison: Comparison;
  readonly sides: TwoSides;
  readonly findings: Findings;
  readonly limits: BucketLimits;
  readonly progress: Progress;
  /** The form in which keys are hashed to part rows, where it is another than that in which they are compared. */
  readonly keyForm?: ((pair: ComparedColumns) => ComparedColumns['form']) | undefined;
}

export const rowsStatement = (
  comparison: Comparison,
  side: Side,
  within: BucketSelection | undefined,
  limit: number,
  keyForm?: Reading['keyForm'],
): Statement => ({
  kind: 'bucket_rows',
  from: relationOf(comparison, side),
  keys: columnsOf(comparison.keys, side, keyForm),
  values: columnsOf(comparison.values, side),
  within,
  limit,
  ...(comparison.distinct && { distinct: true }),
});

/** Reads the rows of some buckets from both sides, and compares them. */
export const readBuckets = async (reading: Reading, within: BucketSelection | undefined): Promise<void> => {
  const { comparison, sides, findings, limits, progress, keyForm } = reading;
  const { mostRows } = limits;
  const rows = await sides.both(async (side) => {
    const found = await sides.rows(side, rowsStatement(comparison, side, within, mostRows, keyForm), mostRows);
    if (found.length >= mostRows) throw tooMany(limits);
    return found;
  });
  findings.compare(rows);
  progress.read(rows.target.length + rows.source.length);
};

const tooMany = ({ mostRows }: BucketLimits): PlanError =>
  new PlanError('limit', `${mostRows} rows or more would have to be held at once to compare keys that lie together`, {
    hint: 'Compare by a key whose values repeat less often, or narrow both sides with where and source_where.',
  });

/** Reads parts one after the other, so many at once as a statement may read. */
export const readParts = async <Kind extends Part>(
  reading: Reading,
  parts: readonly Kind[],
  selectionOf: (parts: readonly Kind[]) => BucketSelection,
  mostParts: number,
): Promise<void> => {
  const { batchRows, mostRows } = reading.limits;
  const most = Math.max(batchRows, Math.min(rowsIn(parts) / fewStatements, mostRows / 2));
  for (const batch of batches(parts, most, mostParts)) await readBuckets(reading, selectionOf(batch));
};

/** Each reads both tables once more. */
const fewStatements = 10;

/** The larger side of each part decides. */
export const rowsIn = (parts: readonly Part[]): number =>
  parts.reduce((sum, { target, source }) => sum + Math.max(target, source), 0);

const batches = <Kind extends Part>(parts: readonly Kind[], mostRows: number, mostParts: number) => {
  const found: Kind[][] = [];
  let rows = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    const more = rowsIn([part]);
    const last = found.at(-1);
    if (last && rows + more <= mostRows && last.length < mostParts) {
      last.push(part);
      rows += more;
    } else {
      found.push([part]);
      rows = more;
    }
  }
  return found;
};

/** Shows a few rows of a side that are known to have no partner. */
export const showMissing = async (
  { comparison, sides, findings, progress, sampleRows }: Reading & { readonly sampleRows: number },
  side: Side,
  within: BucketSelection | undefined,
): Promise<void> => {
  if (sampleRows === 0) return;
  const rows = await sides.rows(side, rowsStatement(comparison, side, within, sampleRows), sampleRows);
  findings.showMissing(missingFrom(side), rows);
  progress.read(rows.length);
};

/** A row of one side without a partner is missing in the other. */
export const missingFrom = (side: Side): 'missing_in_source' | 'missing_in_target' =>
  side === 'target' ? 'missing_in_source' : 'missing_in_target';
