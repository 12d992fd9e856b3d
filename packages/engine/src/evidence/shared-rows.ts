import type { RowTest, Statement } from '@aegis/spec';
import { ask, type EvidenceTable } from './evidence-table.js';

/** Rows that fail both of two tests, by their positions. */
export type SharedRows = (left: number, right: number) => number;

/** One statement; none for a single test. */
export const countSharedRows = async (table: EvidenceTable, tests: readonly RowTest[]): Promise<SharedRows> => {
  if (tests.length < 2) return () => 0;
  const statement: Statement = { kind: 'failing_overlaps', from: table.from, tests };
  const [row = {}] = await ask(table, statement, 1);
  return (left, right) => Number(row[`n${Math.min(left, right)}_${Math.max(left, right)}`] ?? 0);
};
