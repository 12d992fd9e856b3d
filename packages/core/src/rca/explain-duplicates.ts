import { atOperation, atSource, blocked, entrySymptom } from './conclude.js';
import { fanOutAt, type JoinSide, leftSide, rightSide } from './fan-out.js';
import type { Case, Finding, Symptom } from './finding.js';
import { joinsOf } from './join-keys.js';
import { readSites } from './read-sites.js';
import { repeatFinding } from './survey/repeat-finding.js';
import { type Walked, walkUp } from './walk.js';

/** Keys that occur more than once: loaded twice, or multiplied by a join. */
export const explainDuplicates = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const walked = walkUp(await readSites(symptom, context));
  if (!walked) return undefined;
  const { index } = context;
  if (index.parentsOf(walked.entry.dataset.id).length === 0)
    return { ...atSource(symptom, walked), kind: 'duplicate_load' };
  if (walked.unknown.length > 0 && walked.holding.length === 0) return blocked(symptom, walked);
  const entry = entrySymptom(symptom, walked);
  const isJoined = joinsOf(index, walked.entry.dataset.id).length > 0;
  return (
    (await fanOutAt(entry, suspectSides(walked, context), context)) ??
    (await repeatFinding(entry, index, context.lab)) ??
    atOperation(symptom, walked, isJoined ? 'transformation' : 'duplicate_load', context)
  );
};

/** Where the key comes from one side of a join, the other one has to be unique. */
const suspectSides = ({ entry, holding }: Walked, { index }: Case): readonly JoinSide[] => {
  const driving = new Set(holding.map(({ site }) => site.dataset.id));
  return joinsOf(index, entry.dataset.id).flatMap((join) => [
    ...(driving.has(join.right.id) && !driving.has(join.left.id) ? [] : [rightSide(join)]),
    ...(driving.has(join.left.id) && !driving.has(join.right.id) ? [] : [leftSide(join)]),
  ]);
};
