import type { AggregateExpression, Expression, ScopedRelation } from '@aegis/spec';
import { and, countDistinct, countIf, isNull, not } from '@aegis/sql';
import { type Slot, SlotGroup } from './slots.js';

/** The same aggregate over the rows for which `where` is true, asked of all rows. */
const foldFilter = (expression: AggregateExpression, where: Expression): AggregateExpression => {
  switch (expression.kind) {
    case 'count_all':
      return countIf(where);
    case 'count_if':
      return countIf(and(where, expression.condition));
    case 'count':
      return countIf(and(where, not(isNull(expression.operand))));
    case 'count_distinct':
      return countDistinct(expression.operand, and(where, expression.filter));
    case 'aggregate':
      return { ...expression, filter: expression.filter ? and(where, expression.filter) : where };
  }
};

/** Groups that one scan answers, and how their slots get what it measured. */
export interface FoldedGroup {
  readonly group: SlotGroup;
  /** Hands the measured values to the slots that asked. */
  readonly share: () => void;
}

/**
 * Where every scan is billed, filters become conditions within one scan of the table. Filters on partition columns stay:
 * they make a scan smaller.
 */
export const foldGroups = (groups: readonly SlotGroup[]): readonly FoldedGroup[] => {
  const byTable = Map.groupBy(groups, ({ from, prunes }) => JSON.stringify(prunes ? from : from.table));
  return [...byTable.values()].map((same) => {
    const [first] = same;
    return same.length === 1 && first ? { group: first, share: () => undefined } : fold(same);
  });
};

const fold = (groups: readonly SlotGroup[]): FoldedGroup => {
  const whole = new SlotGroup(withoutFilter(groups));
  const pairs = groups.flatMap(({ from, open }) =>
    open.map((slot) => ({ slot, folded: whole.wantFor(folded(slot, from), slot.ruleIds) })),
  );
  const share = () => {
    for (const { slot, folded: measured } of pairs) Object.assign(slot, answerOf(measured));
  };
  return { group: whole, share };
};

const folded = ({ expression }: Slot, { where }: ScopedRelation): AggregateExpression =>
  where ? foldFilter(expression, where) : expression;

const answerOf = ({ value, error }: Slot) => ({
  ...(value !== undefined && { value }),
  ...(error !== undefined && { error }),
});

const withoutFilter = ([first]: readonly SlotGroup[]): ScopedRelation => {
  if (!first) throw new RangeError('there is no group to fold');
  return { table: first.from.table };
};
