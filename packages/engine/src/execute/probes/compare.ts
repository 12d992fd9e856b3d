import type { AggregateProbe } from '@aegis/rules';
import type { ScopedRelation, Statement } from '@aegis/spec';
import type { PreparedRule } from '../../plan/prepare.js';
import { type ProbeHandler, type ProbeOf, targetOf } from './probe-handler.js';

/** Both sides aggregated; measured by reconciliation, which may send them to different warehouses. */
export const compare: ProbeHandler<'compare'> = {
  planned: ({ target, source }, rule) => [
    { purpose: 'compare', statement: aggregateStatement(targetOf(rule), target) },
    { purpose: 'compare', statement: aggregateStatement(rule.context.relation('source'), source) },
  ],
};

/** Keys of one side that the other lacks; measured by reconciliation. */
export const keyDifference: ProbeHandler<'key_difference'> = {
  planned: (probe, rule) => [{ purpose: 'compare', statement: keyDifferenceCounts(probe, rule) }],
};

/** The statement of a probe that shares its scan with nobody. */
export const aggregateStatement = (from: ScopedRelation, { measures }: AggregateProbe): Statement => ({
  kind: 'aggregate',
  from,
  measures: Object.values(measures).map((expression, index) => ({ alias: `m${index}`, expression })),
});

export const keyDifferenceCounts = (
  { targetKeys, sourceKeys }: ProbeOf<'key_difference'>,
  rule: PreparedRule,
): Statement => ({
  kind: 'key_difference_counts',
  target: targetOf(rule),
  targetKeys,
  source: rule.context.relation('source'),
  sourceKeys,
});
