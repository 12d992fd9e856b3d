import type { Measurements } from '@aegis/rules';
import type { Row, RunEvent } from '@aegis/spec';
import type { Measured } from '../../execute/session.js';
import type { Comparison, Side } from '../comparison.js';
import { coarseForm } from '../pair-form.js';
import { shownDifference } from '../shown.js';
import type { OpenSides } from '../sides.js';
import { refusalOf } from './checksums.js';
import { Findings } from './findings.js';
import { type BucketLimits, bucketLimits } from './limits.js';
import { narrowAndRead } from './narrow.js';
import { Progress } from './progress.js';
import { missingFrom, type Reading, readBuckets, showMissing } from './read-rows.js';
import { type Narrowing, rowsOfLargerSide } from './rounds.js';
import { type Totals, totalsOf, totalsStatement } from './totals.js';
import { type Both, relationOf, TwoSides } from './two-sides.js';

export interface AcrossOptions {
  readonly ruleId: string;
  readonly table: string;
  readonly sampleRows: number;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  readonly limits?: Partial<BucketLimits> | undefined;
}

/**
 * Compares keys or rows of two warehouses by checksums, so that what is fetched grows with the differences. Where a side
 * cannot hash its keys as the other does, rows are fetched, so many at a time as memory may hold.
 */
export const compareAcross = async (
  comparison: Comparison,
  open: OpenSides,
  { ruleId, table, sampleRows, onEvent, limits: given }: AcrossOptions,
): Promise<Measured> => {
  const limits = { ...bucketLimits, ...given };
  const sides = new TwoSides(open, ruleId);
  const progress = new Progress({ table, ruleId }, onEvent);
  const findings = new Findings(comparison, sampleRows);
  const totals = await sides.both(async (side) =>
    totalsOf(await sides.row(side, totalsStatement(comparison, side)), comparison),
  );
  progress.counted(totals.target.complete + totals.source.complete);
  const reading = { comparison, sides, findings, limits, progress };
  const notes = await compare({ ...reading, totals, sampleRows, mostChosen: mostChosenOf(sides) });
  return {
    values: { ...findings.counts, ...countsOf(totals) },
    rows: shown(findings, comparison),
    isSampled: true,
    notes,
  };
};

const countsOf = ({ target, source }: Both<Totals>): Measurements => ({
  rows_in_target: String(target.rows),
  rows_in_source: String(source.rows),
  null_in_target: String(target.rows - target.complete),
  null_in_source: String(source.rows - source.complete),
});

const shown = (findings: Findings, comparison: Comparison): readonly Row[] =>
  findings.examples.map((difference) => shownDifference(difference, comparison));

/** Compares in the way that the figures call for. Gives notes for the result. */
const compare = async (job: Narrowing): Promise<readonly string[]> => {
  const { comparison, sides, totals, limits } = job;
  const rows = rowsOfLargerSide(job);
  if (Math.min(totals.target.complete, totals.source.complete) === 0) await countAlone(job);
  else if (rows <= limits.readWhole) await readBuckets(job, undefined);
  else {
    const refusal = refusalOf(comparison, sides.dialects);
    if (refusal !== undefined) return readSlices(job, rows, refusal);
    await narrowAndRead(job);
  }
  return [];
};

/** One side is empty: what the other holds is missing, and needs no reading. */
const countAlone = async (job: Narrowing): Promise<void> => {
  const side: Side = job.totals.target.complete > 0 ? 'target' : 'source';
  const rows = job.totals[side].complete;
  if (rows === 0) return;
  job.findings.countMissing(missingFrom(side), job.comparison.distinct ? await distinctKeys(job, side) : rows);
  await showMissing(job, side, undefined);
};

const distinctKeys = async ({ comparison, sides }: Narrowing, side: Side): Promise<number> => {
  const keys = comparison.keys.map((pair) => pair[side]);
  const { distinct_keys } = await sides.row(side, { kind: 'key_counts', from: relationOf(comparison, side), keys });
  return Number(distinct_keys);
};

const readSlices = async (job: Narrowing, rows: number, refusal: string): Promise<readonly string[]> => {
  const count = Math.ceil(rows / job.limits.batchRows);
  const reading: Reading = { ...job, keyForm: ({ form }) => coarseForm(form) };
  if (count === 1) await readBuckets(reading, undefined);
  else
    for (let from = 0; from < count; from += 1)
      await readBuckets(reading, { by: 'slice', count, from, below: from + 1 });
  return [`all rows were fetched to compare them, because ${refusal}`];
};

/** A bucket's number with the comma after it. */
const bytesPerChosen = 12;
/** More make statements long without making them fewer. */
const mostChosen = 20_000;

/** Within half of what the shorter of both engines takes as one statement. */
const mostChosenOf = ({ dialects: { target, source } }: TwoSides): number => {
  const bytes = [target, source].map(({ strategy }) => strategy.maxStatementBytes);
  return Math.min(mostChosen, Math.floor(Math.min(...bytes) / 2 / bytesPerChosen));
};
