import type { MadeColumn } from './conclude.js';
import { readingFact } from './facts.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { type JoinKeys, joinsOf } from './join-keys.js';
import type { Lab } from './lab.js';
import { failedShare, type Reading } from './reading.js';
import { rowsIn } from './rows-in.js';
import { matchedKey, notNull } from './synthetic-rule.js';
import { turned } from './turned.js';

/** A join and the rows of its left side that find nothing on the right one. */
interface UnmatchedJoin {
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
  const [unmatched] = await unmatchedIn(joins, symptom.path, context, (join) => rowsIn(symptom, join, context));
  return unmatched ? joinLoss(symptom, unmatched, context) : nullKeyed(symptom, joins, context);
};

/** Rows whose own key is NULL find nothing either. */
const nullKeyed = async (symptom: Symptom, joins: readonly JoinKeys[], context: Case): Promise<Finding | undefined> => {
  for (const { left, leftColumns } of joins) {
    for (const column of leftColumns) {
      const rule = notNull(left, column, context.lab);
      const [reading] = rule ? await context.lab.judge(left, [rule]) : [];
      if (rule && reading?.status === 'fails')
        return context.follow({ dataset: left, rule, reading, path: extended(symptom.path, [left.name]) });
    }
  }
  return undefined;
};

/** The join read from the side that keeps its rows to the ones that feed the column. */
const towards = (join: JoinKeys, feeding: ReadonlySet<string>): readonly JoinKeys[] => [
  ...(feeding.has(join.right.id) ? [join] : []),
  ...(feeding.has(join.left.id) ? [turned(join)] : []),
];

/** Joins with rows that find nothing, the worst first. */
export const unmatchedIn = async (
  joins: readonly JoinKeys[],
  path: readonly string[],
  { lab }: Case,
  rowsOf: (join: JoinKeys) => Promise<string | undefined> = async () => undefined,
): Promise<readonly UnmatchedJoin[]> => {
  const tried = await Promise.all(
    joins.map(async (join): Promise<readonly UnmatchedJoin[]> => {
      const dataset = join.left;
      for (const where of new Set([await rowsOf(join), undefined])) {
        const { rule, reading } = await readJoin(join, lab, where);
        if (rule && reading?.status === 'fails')
          return [{ join, symptom: { dataset, rule, reading, path: extended(path, [dataset.name]) } }];
        if (reading?.status === 'holds') return [];
      }
      return [];
    }),
  );
  return tried.flat().sort((a, b) => shareOf(b) - shareOf(a));
};

/** Whether the rows of the left side, or those that `where` names, find one on the right. */
const readJoin = async ({ left, leftColumns, right, rightColumns }: JoinKeys, lab: Lab, where: string | undefined) => {
  const child = { dataset: left, columns: leftColumns, where };
  const rule = matchedKey(child, { dataset: right, columns: rightColumns }, lab);
  const [reading] = rule ? await lab.judge(left, [rule]) : [];
  return { rule, reading };
};

const shareOf = ({ symptom }: UnmatchedJoin): number => failedShare(symptom.reading) ?? 0;

/** The keys that find nothing have a cause of their own; only where none is found, the join is what loses. */
export const joinLoss = async (
  symptom: Symptom,
  { join, symptom: unmatched }: UnmatchedJoin,
  context: Case,
): Promise<Finding> => {
  const facts: readonly Fact[] = [unmatchedFact(join, unmatched.reading)];
  const isWrongKey = await isWorseThanNamesake(join, unmatched, context);
  const cause = isWrongKey ? undefined : await context.follow(unmatched);
  if (cause && cause.kind !== 'unknown') return { ...cause, facts: [...facts, ...cause.facts] };
  return {
    ...{ dataset: symptom.dataset, column: join.rightColumns[0] ?? null, operation: join.operation, kind: 'join_loss' },
    ...{ path: symptom.path, facts, confidence: isWrongKey ? 'high' : 'medium' },
  };
};

/** Whether the left side has a column of the right key's name that matches where the one in use does not. */
const isWorseThanNamesake = async (
  { left, right, leftColumns, rightColumns }: JoinKeys,
  { rule: { scope }, reading }: Symptom,
  { lab }: Case,
): Promise<boolean> => {
  const namesakes = rightColumns.map(
    (name, index) => left.columns.find((each) => each.toLowerCase() === name.toLowerCase()) ?? leftColumns[index] ?? '',
  );
  if (namesakes.join('\0').toLowerCase() === leftColumns.join('\0').toLowerCase()) return false;
  const child = { dataset: left, columns: namesakes, where: scope.where };
  const rule = matchedKey(child, { dataset: right, columns: rightColumns }, lab);
  const [other] = rule ? await lab.judge(left, [rule]) : [];
  return (
    other !== undefined && other.status !== 'unknown' && (failedShare(other) ?? 0) < (failedShare(reading) ?? 0) / 2
  );
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
export const isAboutNulls = async (symptom: Symptom, column: string, { lab }: Case): Promise<boolean> => {
  const rule = notNull(symptom.dataset, column, lab);
  const [nulls] = rule ? await lab.judge(symptom.dataset, [rule]) : [];
  const failed = symptom.reading.rowsFailed;
  return nulls?.rowsFailed != null && failed !== null && failed > 0 && nulls.rowsFailed >= failed * 0.9;
};
