import { parseTableName } from '@aegis/rules';
import type { Rule, TracedDataset } from '@aegis/spec';
import { atOperation, atSource, blocked, entrySymptom } from './conclude.js';
import { explainLostKeys } from './explain-lost-keys.js';
import type { Case, Finding, Symptom } from './finding.js';
import { readSites } from './read-sites.js';
import { type Walked, walkUp } from './walk.js';

/** Keys that find nothing in another table: either they were changed, or what they name was lost. */
export const explainReference = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const walked = walkUp(await readSites(symptom, context));
  if (!walked) return undefined;
  if (walked.holding.length > 0) return atOperation(symptom, walked, 'transformation', context);
  const lost = await explainLostKeys(entrySymptom(symptom, walked), context);
  return lost ?? unexplained(symptom, walked, context);
};

const unexplained = (symptom: Symptom, walked: Walked, context: Case): Finding => {
  if (context.index.parentsOf(walked.entry.dataset.id).length === 0) return atSource(symptom, walked);
  if (walked.unknown.length > 0) return blocked(symptom, walked);
  return atOperation(symptom, walked, 'transformation', context);
};

/** The dataset that a rule compares its keys with, where lineage knows it. */
export const referenceOf = ({ type, params, scope }: Rule, { index, lab }: Case): TracedDataset | undefined => {
  const name = lab.types.get(type).requires(params).tables?.reference;
  if (name === undefined) return undefined;
  const table = parseTableName(name);
  if (table.kind !== 'named') return undefined;
  const beside = scope.table.kind === 'named' ? [...scope.table.parts.slice(0, -1), ...table.parts] : table.parts;
  const ends = (parts: readonly string[], dataset: TracedDataset) =>
    dataset.table?.kind === 'named' && endsAlike(dataset.table.parts, parts);
  return (
    index.datasets.find((dataset) => ends(beside, dataset)) ??
    index.datasets.find((dataset) => ends(table.parts, dataset))
  );
};

/** Whether one name is the end of the other. */
const endsAlike = (left: readonly string[], right: readonly string[]): boolean => {
  const length = Math.min(left.length, right.length);
  const end = (parts: readonly string[]) => parts.slice(-length).join('\0').toLowerCase();
  return end(left) === end(right);
};
