import type { AggregateProbe } from '@aegis/rules';
import { PlanError, type ScopedRelation, type Statement } from '@aegis/spec';
import type { PreparedRule } from '../../plan/prepare.js';
import { plannedAcross } from '../../reconcile/across/planned-across.js';
import { comparisonOf, rowPair } from '../../reconcile/comparison.js';
import { type ProbeHandler, type ProbeOf, targetOf } from './probe-handler.js';

/** What compares two relations is not measured with the rules of one table, and must not hold there for want of figures. */
const measuredElsewhere = (): Promise<never> =>
  Promise.reject(new PlanError('internal', 'a comparison of two relations is measured by reconciliation'));

/** Both sides aggregated; measured by reconciliation, which may send them to different warehouses. */
export const compare: ProbeHandler<'compare'> = {
  own: measuredElsewhere,
  planned: ({ target, source }, rule) => [
    { purpose: 'compare', statement: aggregateStatement(targetOf(rule), target) },
    { purpose: 'compare', statement: aggregateStatement(rule.context.relation('source'), source), side: 'source' },
  ],
};

/** Keys of one side that the other lacks; measured by reconciliation. */
export const keyDifference: ProbeHandler<'key_difference'> = {
  own: measuredElsewhere,
  planned: (probe, rule, { dialect, sourceDialect }) =>
    sourceDialect
      ? plannedAcross(comparisonOf(probe, rule), { target: dialect, source: sourceDialect })
      : [{ purpose: 'compare', statement: keyDifferenceCounts(probe, rule) }],
};

/** Rows that one side lacks or holds otherwise; measured by reconciliation. */
export const rowDifference: ProbeHandler<'row_difference'> = {
  own: measuredElsewhere,
  planned: (probe, rule, { dialect, sourceDialect }) => {
    if (sourceDialect) return plannedAcross(comparisonOf(probe, rule), { target: dialect, source: sourceDialect });
    const statement = { kind: 'row_difference_counts', ...rowPair(probe, rule) } as const;
    return [
      { purpose: 'compare', statement },
      { purpose: 'compare', statement: { ...statement, inOrder: true }, conditional: true },
    ];
  },
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
