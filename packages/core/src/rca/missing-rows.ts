import type { TracedDataset } from '@aegis/spec';
import type { Finding } from './finding.js';
import type { Lab } from './lab.js';
import { matchedKey } from './synthetic-rule.js';

interface Keyed {
  readonly dataset: TracedDataset;
  readonly columns: readonly string[];
}

/** Rows of one dataset whose keys another one lacks, as a check that tells them; `undefined` where there are none. */
export const missingRows = async (kept: Keyed, lost: Keyed, lab: Lab): Promise<Finding['entry']> => {
  const rule = matchedKey(kept, lost, lab);
  const [reading] = rule ? await lab.judge(kept.dataset, [rule]) : [];
  return rule && reading?.status === 'fails' ? { dataset: kept.dataset, rule, reading } : undefined;
};
