import { mayBeOfOne } from '../execute/may-be-of-one.js';
import type { StatementRunner } from '../execute/runner.js';
import { type Collect, unfound } from './collect.js';
import { type Cases, type EvidenceTable, evidenceTable } from './evidence-table.js';
import type { FailingCase } from './failing-case.js';
import { type LookedAt, lookAt, tableEvidence } from './table-evidence.js';

/** So often rules that share statements which fail are parted; enough to find two among thirty. */
const mostParted = 12;

/**
 * Looks for what the failing rows of rules of one table and filter have in common. A rule that the engine refuses something
 * of spoils itself: its own statements are asked alone, and those it shares are asked of ever fewer rules.
 */
export const explainPortion = async (cases: Cases, runner: StatementRunner, collect: Collect): Promise<void> => {
  const table = evidenceTable(cases, runner);
  const looked = await Promise.all(cases.map((failing) => lookedAt(failing, table, collect)));
  await explain(looked.flat(), { table, collect, left: mostParted });
};

const lookedAt = async (failing: FailingCase, table: EvidenceTable, collect: Collect): Promise<readonly LookedAt[]> => {
  try {
    return [await lookAt(failing, table)];
  } catch (error) {
    collect(failing.prepared.rule.id, { note: unfound(error) });
    return [];
  }
};

interface Explaining {
  readonly table: EvidenceTable;
  readonly collect: Collect;
  /** How often rules may yet be parted. */
  left: number;
}

const explain = async (looked: readonly LookedAt[], explaining: Explaining): Promise<void> => {
  if (looked.length === 0) return;
  const ids = looked.map(({ failing }) => failing.prepared.rule.id);
  try {
    const facts = await tableEvidence(looked, explaining.table);
    for (const [index, id] of ids.entries()) explaining.collect(id, { facts: facts[index] ?? [] });
  } catch (error) {
    if (looked.length > 1 && explaining.left > 0 && mayBeOfOne(error)) await explainHalves(looked, explaining);
    else for (const id of ids) explaining.collect(id, { note: unfound(error) });
  }
};

const explainHalves = async (looked: readonly LookedAt[], explaining: Explaining): Promise<void> => {
  explaining.left -= 1;
  const middle = Math.ceil(looked.length / 2);
  for (const half of [looked.slice(0, middle), looked.slice(middle)]) await explain(half, explaining);
};
