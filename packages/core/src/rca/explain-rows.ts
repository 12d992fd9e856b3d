import { chooseTime } from './choose-time.js';
import { atOperation, atSource, blocked, entrySymptom, exchanged, madeColumn } from './conclude.js';
import { explainFromAbove } from './explain-from-above.js';
import { explainInputs } from './explain-inputs.js';
import { explainUnmatched } from './explain-unmatched.js';
import type { Case, Finding, Symptom } from './finding.js';
import { readSites } from './read-sites.js';
import { type Walked, walkUp } from './walk.js';

/** Rows that break a rule: followed up to where they come from, or to what made them. */
export const explainRows = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const walked = walkUp(await readSites(symptom, context));
  return walked && concludeRows(symptom, walked, context);
};

const concludeRows = async (symptom: Symptom, walked: Walked, context: Case): Promise<Finding | undefined> => {
  if (context.index.parentsOf(walked.entry.dataset.id).length === 0)
    return chooseTime(atSource(symptom, walked), walked.entry, context);
  if (walked.byName) return exchanged(symptom, walked, context);
  if (walked.unknown.length > 0 && walked.holding.length === 0) return blocked(symptom, walked);
  const entry = entrySymptom(symptom, walked);
  const made = madeColumn(walked, context);
  return (
    (made && (await explainUnmatched(entry, made, context))) ??
    (made && (await explainInputs(entry, made, context))) ??
    (walked.holding.length === 0 ? await explainFromAbove(entry, made, context) : undefined) ??
    atOperation(symptom, walked, 'transformation', context)
  );
};
