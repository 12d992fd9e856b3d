import { atOperation, atSource, blocked, entrySymptom } from './conclude.js';
import { fanOutAt, type JoinSide, leftSide, rightSide } from './fan-out.js';
import type { Case, Finding, Symptom } from './finding.js';
import { joinsOf } from './join-keys.js';
import { readSites } from './read-sites.js';
import { repeatFinding } from './survey/repeat-finding.js';
import { surveyRepeats } from './survey/survey-repeats.js';
import { type Walked, walkUp } from './walk.js';

/** Keys that occur more than once: loaded twice, or multiplied by a join. */
export const explainDuplicates = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const walked = walkUp(await readSites(symptom, context));
  if (!walked) return undefined;
  const { index } = context;
  if (index.parentsOf(walked.entry.dataset.id).length === 0) return loadedTwice(symptom, walked, context);
  if (walked.unknown.length > 0 && walked.holding.length === 0) return blocked(symptom, walked);
  const entry = entrySymptom(symptom, walked);
  const isJoined = joinsOf(index, walked.entry.dataset.id).length > 0;
  return (
    (await fanOutAt(entry, suspectSides(walked, context), context)) ??
    (await repeatFinding(entry, index, context.lab)) ??
    atOperation(symptom, walked, isJoined ? 'transformation' : 'duplicate_load', context)
  );
};

/** Whole rows repeat where data was loaded twice; rows that share their key and no more may be versions of each other. */
const loadedTwice = async (symptom: Symptom, walked: Walked, { lab }: Case): Promise<Finding> => {
  const source: Finding = { ...atSource(symptom, walked), kind: 'duplicate_load' };
  const { name } = source.dataset;
  const repeats = await surveyRepeats(source.dataset, lab);
  if (!repeats) return source;
  const { repeated, rows, sql } = repeats;
  const fact = {
    kind: repeated === 0 ? 'distinct_rows' : 'repeated_rows',
    sentence:
      repeated === 0
        ? `No row of ${name} is a whole repetition of another: those that share their key differ in something.`
        : `${repeated} of ${rows} rows of ${name} are whole repetitions of others.`,
    numbers: { dataset: name, rows, repeated },
    sql,
  };
  return { ...source, facts: [...source.facts, fact], confidence: repeated === 0 ? 'medium' : 'high' };
};

/** Where the key comes from one side of a join, the other one has to be unique. */
const suspectSides = ({ entry, holding }: Walked, { index }: Case): readonly JoinSide[] => {
  const driving = new Set(holding.map(({ site }) => site.dataset.id));
  return joinsOf(index, entry.dataset.id).flatMap((join) => [
    ...(driving.has(join.right.id) && !driving.has(join.left.id) ? [] : [rightSide(join)]),
    ...(driving.has(join.left.id) && !driving.has(join.right.id) ? [] : [leftSide(join)]),
  ]);
};
