import { chooseTime } from './choose-time.js';
import { atOperation, atSource, blocked, entrySymptom, exchanged, type MadeColumn, madeColumn } from './conclude.js';
import { explainFromAbove, isCounted } from './explain-from-above.js';
import { explainInputs } from './explain-inputs.js';
import { explainUnfed, isUnfed } from './explain-unfed.js';
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
  if (made && walked.holding.length === 0 && (await isUnfed(walked, made.column, context)))
    return explainUnfed(symptom, walked, context);
  const found =
    (made && (await explainUnmatched(entry, made, context))) ??
    (made && (await explainInputs(entry, made, context))) ??
    (walked.holding.length === 0 ? await explainFromAbove(entry, made, context) : undefined);
  return found ?? leftOver(symptom, walked, made, context);
};

/** What makes the rows fail is the step itself, if its parents hold or it makes the column: not if it only counts what comes in. */
const leftOver = async (
  symptom: Symptom,
  walked: Walked,
  made: MadeColumn | undefined,
  context: Case,
): Promise<Finding | undefined> => {
  if (!made) return explainUnfed(symptom, walked, context);
  const isOnlyCounted = walked.holding.length === 0 && isCounted(walked.entry.dataset.id, made, context.index);
  return isOnlyCounted ? undefined : atOperation(symptom, walked, 'transformation', context);
};
