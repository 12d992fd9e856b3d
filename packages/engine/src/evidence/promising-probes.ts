import type { FailingOverlaps } from './failing-overlaps.js';
import type { Probe } from './probe.js';

/** A guess that is right of so many failing rows that there may be something to say. */
export interface PromisingProbe {
  readonly probe: Probe;
  readonly failing: number;
}

/** Guesses that would be told if they were right of no row that holds: only of these all rows are asked. */
export const promisingProbes = (probes: readonly Probe[], overlaps: FailingOverlaps): readonly PromisingProbe[] =>
  probes.flatMap((probe, index) => {
    const [all, failing] = [overlaps.failing(probe.test), overlaps.guessed(index)];
    const split = { rows: all + 1, failing: all, segmentRows: failing, segmentFailing: failing };
    return failing > 0 && probe.tell(split) ? [{ probe, failing }] : [];
  });
