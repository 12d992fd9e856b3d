import type { AggregateExpression, ColumnExpression, Statement } from '@aegis/spec';
import { and, count, countAll, countIf, isNull, not } from '@aegis/sql';
import type { PreparedRule } from '../../plan/prepare.js';
import { type ProbeHandler, type ProbeOf, targetOf, valuesOnly } from './probe-handler.js';

/** One anti-join per foreign key. */
export const reference: ProbeHandler<'reference'> = {
  shared: ({ keys }) => ({ rows: countAll(), complete: complete(keys) }),
  own: async (probe, rule, { runner }) => valuesOnly(await runner.row(unmatchedCounts(probe, rule), [rule.rule.id])),
  planned: (probe, rule) => [{ purpose: 'reference', statement: unmatchedCounts(probe, rule) }],
};

/** Rows whose keys are all non-NULL, in the form that other rules on a single column share. */
const complete = (keys: readonly ColumnExpression[]): AggregateExpression => {
  const [key] = keys;
  return keys.length === 1 && key ? count(key) : countIf(and(...keys.map((each) => not(isNull(each)))));
};

const unmatchedCounts = ({ keys, referenceKeys }: ProbeOf<'reference'>, rule: PreparedRule): Statement => ({
  kind: 'unmatched_counts',
  from: targetOf(rule),
  keys,
  reference: rule.context.relation('reference').table,
  referenceKeys,
});
