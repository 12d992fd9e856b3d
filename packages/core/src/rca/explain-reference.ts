import { atOperation, atSource, blocked, entrySymptom } from './conclude.js';
import { explainLostKeys, type KeyPair } from './explain-lost-keys.js';
import type { Case, Finding, Symptom } from './finding.js';
import { readSites } from './read-sites.js';
import { tableOfRule } from './table-of-rule.js';
import { type Walked, walkUp } from './walk.js';

/** Keys that find nothing in another table: either they were changed, or what they name was lost. */
export const explainReference = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const walked = walkUp(await readSites(symptom, context));
  if (!walked) return undefined;
  if (walked.holding.length > 0) return atOperation(symptom, walked, 'transformation', context);
  const entry = entrySymptom(symptom, walked);
  const pair = keyPairOf(entry, context);
  const lost = pair && (await explainLostKeys(entry, pair, context));
  return lost ?? unexplained(symptom, walked, context);
};

const unexplained = (symptom: Symptom, walked: Walked, context: Case): Finding => {
  if (context.index.parentsOf(walked.entry.dataset.id).length === 0) return atSource(symptom, walked);
  if (walked.unknown.length > 0) return blocked(symptom, walked);
  return atOperation(symptom, walked, 'transformation', context);
};

/** What the rule looks up, and where. */
const keyPairOf = ({ dataset, rule }: Symptom, context: Case): KeyPair | undefined => {
  const reference = tableOfRule(rule, 'reference', context);
  const { columns } = context.lab.types.get(rule.type).requires(rule.params);
  const named = (wanted: 'target' | 'reference') =>
    columns.filter(({ relation = 'target' }) => relation === wanted).map(({ name }) => name);
  return (
    reference && {
      child: { dataset, columns: named('target'), where: rule.scope.where },
      parent: { dataset: reference, columns: named('reference') },
    }
  );
};
