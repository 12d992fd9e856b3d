import { readingFact } from './facts.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import type { JoinKeys } from './join-keys.js';
import { joinColumnsOf } from './joined-tables.js';
import { failedShare, type Reading } from './reading.js';
import { surveyOwnKey } from './survey/survey-own-key.js';
import { uniqueKey } from './synthetic-rule.js';

/** The side of a join that should hold each key once. */
export interface JoinSide {
  readonly join: JoinKeys;
  readonly dataset: Symptom['dataset'];
  readonly columns: readonly string[];
}

export const rightSide = (join: JoinKeys): JoinSide => ({ join, dataset: join.right, columns: join.rightColumns });
export const leftSide = (join: JoinKeys): JoinSide => ({ join, dataset: join.left, columns: join.leftColumns });

/** The first side that repeats its key, and why it does. `symptom` is where the join's rows come out. */
export const fanOutAt = async (
  symptom: Symptom,
  sides: readonly JoinSide[],
  context: Case,
): Promise<Finding | undefined> => {
  for (const named of sides) {
    const side = { ...named, columns: joinColumnsOf(context.index, symptom.dataset.id, named.dataset.id) };
    const rule = uniqueKey(side.dataset, side.columns, context.lab);
    const [reading] = rule ? await context.lab.judge(side.dataset, [rule]) : [];
    if (rule && reading?.status === 'fails') return multiplied(symptom, side, { rule, reading }, context);
  }
  return undefined;
};

/** More rows of one key than two, as a rule: they are meant to be several. */
const manyOfOneKey = 0.6;

/** Rows with a key of their own are different things: joining by less is what multiplies. Else the repeated rows are wrong. */
const multiplied = async (
  symptom: Symptom,
  side: JoinSide,
  { rule, reading }: Pick<Symptom, 'rule' | 'reading'>,
  context: Case,
): Promise<Finding> => {
  const facts = [repeatFact(side, reading)];
  const isFiner = (failedShare(reading) ?? 0) > manyOfOneKey;
  const ownKey = await surveyOwnKey(side.dataset, side.columns, context.lab);
  if (ownKey === undefined && !isFiner) {
    const path = extended(symptom.path, [side.dataset.name]);
    const cause = await context.follow({ dataset: side.dataset, rule, reading, path });
    if (cause && cause.kind !== 'unknown') return { ...cause, facts: [...facts, ...cause.facts] };
  }
  return {
    ...{ dataset: symptom.dataset, column: side.join.rightColumns[0] ?? null, operation: side.join.operation },
    ...{ kind: 'join_fanout', path: symptom.path, confidence: 'high' },
    facts: [...facts, ...(ownKey === undefined ? [] : [ownKeyFact(side, ownKey)])],
  };
};

const repeatFact = ({ join, dataset, columns }: JoinSide, reading: Reading): Fact => ({
  ...readingFact({ dataset, columns }, reading),
  kind: 'join_key_repeats',
  sentence:
    `${join.operation.name} joins ${dataset.name} by ${columns.join(', ')}, ` +
    `which is not unique there: ${reading.rowsFailed} of ${reading.rowsChecked} rows repeat a key.`,
});

const ownKeyFact = ({ dataset, columns }: JoinSide, ownKey: string): Fact => ({
  kind: 'finer_grain',
  sentence: `Rows of ${dataset.name} have a key of their own, ${ownKey}: several of one ${columns.join(', ')} are meant to be.`,
  numbers: { dataset: dataset.name, key: ownKey },
});
