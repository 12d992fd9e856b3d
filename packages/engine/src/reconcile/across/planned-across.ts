import type { Dialect } from '@aegis/spec';
import type { PlannedProbe } from '../../execute/probes/probe-handler.js';
import type { Comparison, Side } from '../comparison.js';
import { checksumStatement, refusalOf } from './checksums.js';
import { bucketCount, bucketLimits } from './limits.js';
import { rowsStatement } from './read-rows.js';
import { totalsStatement } from './totals.js';
import type { Both } from './two-sides.js';

/** Rows of tables whose number nobody knows before the first statement has counted them. */
const assumedRows = 1_000_000;

/** What a comparison of two warehouses asks of each: counts, checksums of buckets, and rows of those that differ. */
export const plannedAcross = (comparison: Comparison, dialects: Both<Dialect>): readonly PlannedProbe[] => {
  const asked = refusalOf(comparison, dialects) === undefined ? hashed(comparison) : fetched(comparison);
  return (['target', 'source'] as const).flatMap((side): readonly PlannedProbe[] => [
    { side, purpose: 'compare', statement: totalsStatement(comparison, side) },
    ...asked(side),
  ]);
};

const hashed = (comparison: Comparison) => {
  const count = bucketCount(assumedRows, assumedRows, bucketLimits);
  const within = { by: 'hash', count, chosen: [0] } as const;
  return (side: Side): readonly PlannedProbe[] => [
    { side, purpose: 'compare', statement: checksumStatement(comparison, side, { buckets: { by: 'hash', count } }) },
    { side, purpose: 'compare', statement: rowsStatement(comparison, side, within, mostRows), conditional: true },
  ];
};

const { mostRows } = bucketLimits;

const fetched =
  (comparison: Comparison) =>
  (side: Side): readonly PlannedProbe[] => [
    { side, purpose: 'compare', statement: rowsStatement(comparison, side, undefined, mostRows) },
  ];
