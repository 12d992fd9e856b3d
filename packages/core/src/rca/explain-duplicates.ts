import { atOperation, atSource, blocked, entrySymptom, pathOf, walkFacts } from './conclude.js';
import { readingFact } from './facts.js';
import { type Case, extended, type Finding, type Symptom } from './finding.js';
import { type JoinKeys, joinsOf } from './join-keys.js';
import { readSites } from './read-sites.js';
import { failedShare, type Reading } from './reading.js';
import { uniqueKey } from './synthetic-rule.js';
import { type Walked, walkUp } from './walk.js';

/** Keys that occur more than once: loaded twice, or multiplied by a join. */
export const explainDuplicates = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const walked = walkUp(await readSites(symptom, context));
  if (!walked) return undefined;
  const { index } = context;
  if (index.parentsOf(walked.entry.dataset.id).length === 0)
    return { ...atSource(symptom, walked), kind: 'duplicate_load' };
  if (walked.unknown.length > 0 && walked.holding.length === 0) return blocked(symptom, walked);
  const fanOut = await explainFanOut(entrySymptom(symptom, walked), walked, context);
  if (fanOut) return fanOut;
  const isJoined = joinsOf(index, walked.entry.dataset.id).length > 0;
  return atOperation(symptom, walked, isJoined ? 'transformation' : 'duplicate_load', context);
};

/** A join whose other side holds some key more than once. */
export const explainFanOut = async (symptom: Symptom, walked: Walked, context: Case): Promise<Finding | undefined> => {
  const driving = new Set(walked.holding.map(({ site }) => site.dataset.id));
  const sides = joinsOf(context.index, symptom.dataset.id).flatMap((join) => [
    ...(driving.has(join.right.id) && !driving.has(join.left.id) ? [] : [{ join, other: rightOf(join) }]),
    ...(driving.has(join.left.id) && !driving.has(join.right.id) ? [] : [{ join, other: leftOf(join) }]),
  ]);
  for (const { join, other } of sides) {
    const rule = uniqueKey(other.dataset, other.columns, context.lab);
    const [reading] = rule ? await context.lab.judge(other.dataset, [rule]) : [];
    if (rule && reading?.status === 'fails') return fanOut(symptom, walked, join, { ...other, rule, reading }, context);
  }
  return undefined;
};

const rightOf = ({ right, rightColumns }: JoinKeys) => ({ dataset: right, columns: rightColumns });
const leftOf = ({ left, leftColumns }: JoinKeys) => ({ dataset: left, columns: leftColumns });

type RepeatedSide = ReturnType<typeof rightOf> & Pick<Symptom, 'rule'> & { readonly reading: Reading };

/** Where few keys of the side repeat, they are what is wrong; where many do, the join misses a part of its condition. */
const fanOut = async (
  symptom: Symptom,
  walked: Walked,
  join: JoinKeys,
  side: RepeatedSide,
  context: Case,
): Promise<Finding> => {
  const fact = {
    ...readingFact(side, side.reading),
    kind: 'join_key_repeats',
    sentence:
      `${join.operation.name} joins ${side.dataset.name} by ${side.columns.join(', ')}, ` +
      `which is not unique there: ${side.reading.rowsFailed} of ${side.reading.rowsChecked} rows repeat a key.`,
  };
  const facts = [...walkFacts(walked), fact];
  const path = extended(pathOf(symptom, walked), [side.dataset.name]);
  const isRare = (failedShare(side.reading) ?? 1) < 0.3;
  const cause = isRare ? await context.follow({ ...side, path }) : undefined;
  if (cause && cause.kind !== 'unknown') return { ...cause, facts: [...facts, ...cause.facts] };
  return {
    ...{ dataset: symptom.dataset, column: join.leftColumns[0] ?? null, operation: join.operation },
    ...{ kind: 'join_fanout', path: symptom.path, facts, confidence: 'high' },
  };
};
