/** How rows are parted and read. Figures are of one side. */
export interface BucketLimits {
  /** Sides with no more rows are read whole, without checksums. */
  readonly readWhole: number;
  /** Rows that one statement reads; more where there would be more than ten statements. */
  readonly batchRows: number;
  /** Most buckets of the first round. */
  readonly buckets: number;
  /** Ranges that keys are cut into when differences are many, and those that a range with differences is cut into. */
  readonly ranges: number;
  readonly subranges: number;
  /** Most rows that one statement may give: what is held in memory. */
  readonly mostRows: number;
}

/** Measured: docs/decisions/0013. */
export const bucketLimits: BucketLimits = {
  readWhole: 2_000,
  batchRows: 200_000,
  buckets: 262_144,
  ranges: 1_024,
  subranges: 32,
  mostRows: 1_000_000,
};

/** One row in as many is expected to differ where nothing says that more do. */
const rowsPerDifference = 10_000;
const fewestDifferences = 16;
/** With fewer rows in a bucket, checksums are as many bytes as the rows. */
const fewestRows = 32;

/**
 * So many buckets that their checksums and the rows of those that are expected to differ take about as many bytes. What the
 * sides differ by in their number of rows differs at least.
 */
export const bucketCount = (target: number, source: number, { buckets }: BucketLimits): number => {
  const rows = Math.max(target, source);
  const differences = Math.max(Math.abs(target - source), rows / rowsPerDifference, fewestDifferences);
  return Math.max(1, Math.round(Math.min(buckets, rows / fewestRows, Math.sqrt(rows * differences))));
};
