import type { BucketSelection } from '@aegis/spec';
import type { Part, Round } from './checksums.js';
import { bucketCount } from './limits.js';
import { readRanges } from './ranges.js';
import { readParts, rowsIn } from './read-rows.js';
import { type Narrowing, round } from './rounds.js';
import { commonSpan } from './totals.js';

/**
 * Compares checksums of buckets in one round, then reads the buckets that differ. Where these hold many rows, they are cut
 * smaller first: a few scattered ones by more of the hash, and most of them by ranges of keys, in which differences that
 * lie together, e.g. those of a missing day, are found.
 */
export const narrowAndRead = async (job: Narrowing): Promise<void> => {
  const { totals, limits } = job;
  const count = bucketCount(totals.target.complete, totals.source.complete, limits);
  const first = await round(job, { buckets: { by: 'hash', count } });
  if (rowsIn(first.differing) <= limits.batchRows) return readHashed(job, first, count);
  if (isScattered(first) && first.differing.length <= job.mostChosen) return refine(job, first, count);
  const span = commonSpan(totals);
  return span ? readRanges(job, span) : readHashed(job, await withoutRepeats(job, first, count), count);
};

/** At most a quarter of the buckets differ. */
const isScattered = ({ buckets, differing }: Round): boolean => differing.length * 4 <= buckets;

const chosen =
  (count: number) =>
  (parts: readonly Part[]): BucketSelection => ({
    by: 'hash',
    count,
    chosen: parts.map(({ bucket }) => Number(bucket)),
  });

const readHashed = (job: Narrowing, { differing }: Round, count: number): Promise<void> =>
  readParts(job, differing, chosen(count), job.mostChosen);

const refine = async (job: Narrowing, { differing }: Round, count: number): Promise<void> => {
  const finer = count * job.limits.refinement;
  const second = await round(job, { buckets: { by: 'hash', count: finer }, within: chosen(count)(differing) });
  return readHashed(job, second, finer);
};

/** Of keys alone, buckets may differ because keys repeat on one side: counted once, they agree. */
const withoutRepeats = async (job: Narrowing, first: Round, count: number): Promise<Round> =>
  job.comparison.distinct ? round(job, { buckets: { by: 'hash', count }, distinct: true }) : first;
