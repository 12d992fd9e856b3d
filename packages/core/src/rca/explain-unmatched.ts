import type { MadeColumn } from './conclude.js';
import { readingFact } from './facts.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { type JoinKeys, joinsOf } from './join-keys.js';
import { failedShare, type Reading } from './reading.js';
import { matchedKey, notNull } from './synthetic-rule.js';

/** A join and the rows of its left side that find nothing on the right one. */
export interface UnmatchedJoin {
  readonly join: JoinKeys;
  readonly symptom: Symptom;
}

/** Rows that are NULL because a join found nothing for them: what keeps the keys from matching. */
export const explainUnmatched = async (
  symptom: Symptom,
  { column, edges }: MadeColumn,
  context: Case,
): Promise<Finding | undefined> => {
  const feeding = new Set(edges.map(({ from }) => from.dataset));
  const joins = joinsOf(context.index, symptom.dataset.id).flatMap((join) => towards(join, feeding));
  if (joins.length === 0 || !(await isAboutNulls(symptom, column, context))) return undefined;
  const [unmatched] = await unmatchedIn(joins, symptom.path, context);
  return unmatched && joinLoss(symptom, unmatched, context);
};

/** The join read from the side that keeps its rows to the one that feeds the column. */
const towards = (join: JoinKeys, feeding: ReadonlySet<string>): readonly JoinKeys[] => {
  if (feeding.has(join.right.id)) return [join];
  return feeding.has(join.left.id) ? [turned(join)] : [];
};

export const turned = ({ left, right, leftColumns, rightColumns, ...rest }: JoinKeys): JoinKeys => ({
  ...rest,
  ...{ left: right, right: left, leftColumns: rightColumns, rightColumns: leftColumns },
});

/** Joins with rows that find nothing, the worst first. */
export const unmatchedIn = async (
  joins: readonly JoinKeys[],
  path: readonly string[],
  { lab }: Case,
): Promise<readonly UnmatchedJoin[]> => {
  const tried = await Promise.all(
    joins.map(async (join): Promise<readonly UnmatchedJoin[]> => {
      const rule = matchedKey(
        { dataset: join.left, columns: join.leftColumns },
        { dataset: join.right, columns: join.rightColumns },
        lab,
      );
      const [reading] = rule ? await lab.judge(join.left, [rule]) : [];
      if (!rule || reading?.status !== 'fails') return [];
      return [{ join, symptom: { dataset: join.left, rule, reading, path: extended(path, [join.left.name]) } }];
    }),
  );
  return tried.flat().sort((a, b) => (share(b.symptom.reading) ?? 0) - (share(a.symptom.reading) ?? 0));
};

const share = (reading: Reading) => failedShare(reading);

/** Where most rows find nothing, the join is wrong; else the keys of some rows are, and their own cause is looked for. */
export const joinLoss = async (
  symptom: Symptom,
  { join, symptom: unmatched }: UnmatchedJoin,
  context: Case,
): Promise<Finding> => {
  const facts: readonly Fact[] = [unmatchedFact(join, unmatched.reading)];
  const isWrongJoin = (share(unmatched.reading) ?? 0) > 0.5;
  const cause = isWrongJoin ? undefined : await context.follow(unmatched);
  if (cause && cause.kind !== 'unknown') return { ...cause, facts: [...facts, ...cause.facts] };
  return {
    ...{ dataset: symptom.dataset, column: join.leftColumns[0] ?? null, operation: join.operation, kind: 'join_loss' },
    ...{ path: symptom.path, facts, confidence: isWrongJoin ? 'high' : 'medium' },
  };
};

const unmatchedFact = (
  { left, right, leftColumns, rightColumns, condition, operation }: JoinKeys,
  reading: Reading,
): Fact => ({
  ...readingFact({ dataset: left, columns: leftColumns }, reading),
  kind: 'join_unmatched',
  sentence:
    `${reading.rowsFailed} of ${reading.rowsChecked} rows of ${left.name} find no row of ${right.name} ` +
    `by ${leftColumns.join(', ')} = ${rightColumns.join(', ')}, as ${operation.name} joins them${condition === '' ? '' : ` (${condition})`}.`,
});

/** Whether the rows that fail are rows in which the column is NULL. */
const isAboutNulls = async (symptom: Symptom, column: string, { lab }: Case): Promise<boolean> => {
  const rule = notNull(symptom.dataset, column, lab);
  const [nulls] = rule ? await lab.judge(symptom.dataset, [rule]) : [];
  const failed = symptom.reading.rowsFailed;
  return nulls?.rowsFailed != null && failed !== null && failed > 0 && nulls.rowsFailed >= failed * 0.9;
};
