import type { RowTest, Statement } from '@aegis/spec';
import { ask, type EvidenceTable } from './evidence-table.js';
import type { Probe } from './probe.js';

/** Counts of failing rows. */
export interface FailingOverlaps {
  /** Rows that fail a test, by its position. */
  failing(test: number): number;
  /** Rows that fail both of two tests, by their positions. */
  both(left: number, right: number): number;
  /** Rows that fail the test of a probe and for which it is right, by its position. */
  guessed(probe: number): number;
}

/** One statement; none where a single test is asked about, and no guess. `others` are tests of no rule, behind those of the cases. */
export const countFailingOverlaps = async (
  table: EvidenceTable,
  others: readonly RowTest[],
  probes: readonly Probe[],
): Promise<FailingOverlaps> => {
  const tests = [...table.asked, ...others];
  if (tests.length < 2 && probes.length === 0) return { failing: () => 0, both: () => 0, guessed: () => 0 };
  const within = probes.map(({ test, condition }) => ({ test, condition }));
  const statement: Statement = { kind: 'failing_overlaps', from: table.from, tests, within };
  const [row = {}] = await ask(table, statement, 1);
  return {
    failing: (test) => Number(row[`n${test}`] ?? 0),
    both: (left, right) => Number(row[`n${Math.min(left, right)}_${Math.max(left, right)}`] ?? 0),
    guessed: (probe) => Number(row[`w${probe}`] ?? 0),
  };
};
