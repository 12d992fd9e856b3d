import type { FaultRun } from './report.js';

export interface Counted {
  readonly name: string;
  readonly runs: readonly FaultRun[];
}

/** Runs by a name of theirs, in the order in which the names come up. */
export const counted = (runs: readonly FaultRun[], nameOf: (run: FaultRun) => string): readonly Counted[] =>
  [...Map.groupBy(runs, nameOf)].map(([name, group]) => ({ name, runs: group }));
