import type { BucketSelection } from '@aegis/spec';
import type { Part, Round } from './checksums.js';
import { bucketCount } from './limits.js';
import { readRanges } from './ranges.js';
import { readParts, rowsIn } from './read-rows.js';
import { type Narrowing, round, rowsOfLargerSide } from './rounds.js';

/**
 * Compares checksums of buckets in one round, then reads the buckets that differ. Where these hold many rows, they are cut
 * smaller first if that leaves most rows out. Where nearly all differ, nothing tells how many keys do: then ranges of keys
 * find differences that lie together, e.g. those of a missing day.
 */
export const narrowAndRead = async (job: Narrowing): Promise<void> => {
  const { totals, limits } = job;
  const count = bucketCount(totals.target.complete, totals.source.complete, limits);
  const first = await round(job, { buckets: { by: 'hash', count } });
  if (rowsIn(first.differing) <= limits.batchRows) return readHashed(job, first, count);
  const differences = differencesIn(first, count);
  if (differences !== undefined) return refineOrRead(job, first, count, differences);
  const found = await readRanges(job);
  if (found === 'read') return;
  return readHashed(job, found === 'unique keys' ? first : await withoutRepeats(job, first, count), count);
};

/** Beyond this share of differing buckets, the number of keys that differ could be anything. */
const saturated = 0.95;

/** How many keys differ, from the share of the buckets that do: several may share one. */
const differencesIn = ({ differing }: Round, count: number): number | undefined => {
  const share = differing.length / count;
  return share > saturated ? undefined : -count * Math.log(1 - share);
};

const chosen =
  (count: number) =>
  (parts: readonly Part[]): BucketSelection => ({
    by: 'hash',
    count,
    chosen: parts.map(({ bucket }) => Number(bucket)),
  });

const readHashed = (job: Narrowing, { differing }: Round, count: number): Promise<void> =>
  readParts(job, differing, chosen(count), job.mostChosen);

/** Of a bucket; more would be one row in most of them. */
const mostPieces = 64;

/**
 * Cuts each bucket into so many pieces that their checksums and the rows that are left are fewest together; reads at once when
 * that would not spare half of the rows.
 */
const refineOrRead = async (job: Narrowing, first: Round, count: number, differences: number): Promise<void> => {
  const isListed = first.differing.length <= job.mostChosen;
  const cut = isListed ? first.differing.length : count;
  const left = (differences * rowsOfLargerSide(job)) / count;
  const pieces = Math.min(mostPieces, Math.floor(job.limits.mostRows / cut), Math.round(Math.sqrt(left / cut)));
  if (pieces < 2 || cut * pieces + left / pieces > rowsIn(first.differing) / 2) return readHashed(job, first, count);
  const finer = count * pieces;
  const within = isListed ? chosen(count)(first.differing) : undefined;
  return readHashed(job, await round(job, { buckets: { by: 'hash', count: finer }, within }), finer);
};

/** Of keys alone, buckets may differ because keys repeat on one side: counted once, they agree. */
const withoutRepeats = async (job: Narrowing, first: Round, count: number): Promise<Round> =>
  job.comparison.distinct ? round(job, { buckets: { by: 'hash', count }, distinct: true }) : first;
