import { count, countAll } from '@aegis/sql';
import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeTable, notApplicable } from '../../judge/judgement.js';
import { countsOfNumbers, nonFiniteOf, statisticOf } from '../../judge/numbers.js';
import { defineRuleType } from '../../type/define.js';
import type { ProbeContext } from '../../type/rule-type.js';
import { columnName, decimal, integer } from '../../type/scalars.js';
import { cases } from './cases.js';
import { allowedRange, lastOfEachDay } from './learn.js';
import { type MetricName, metricNames, metricOf, needsNumbers } from './metrics.js';

interface Params {
  readonly column?: string | undefined;
  readonly metric: MetricName;
  readonly zscore_threshold: string;
  readonly min_history_days: string;
}

/** Mergeable figures, so that partitions can be joined later; what they need depends on the column's type. */
const stateOf = ({ params, column }: ProbeContext<Params>) => {
  if (params.column === undefined) return { rows: countAll() };
  const watched = column(params.column);
  if (!needsNumbers(params.metric)) return { rows: countAll(), non_null: count(watched) };
  const statistics = (['sum', 'sum_squares', 'min', 'max'] as const).map((name) => [name, statisticOf(name, watched)]);
  return { ...countsOfNumbers(watched), ...Object.fromEntries(statistics) };
};

export const learnedThreshold = defineRuleType({
  name: 'learned_threshold',
  category: 'statistics',
  summary: 'A metric may not leave the range that earlier runs taught.',
  edgeCases:
    'The range is mean ± z · sample deviation over the last value of each day. Too few days are not applicable, and the value is remembered. With no deviation only the same value passes. Any NaN or infinity fails.',
  unit: 'table',
  params: z
    .strictObject({
      column: columnName().optional().describe('Column that is watched; not needed for row_count.'),
      metric: z.enum(metricNames).default('mean').describe('Figure that is watched.'),
      zscore_threshold: decimal({ min: 0 }).default('3').describe('Half width of the range in standard deviations.'),
      min_history_days: integer({ min: 2 }).default('7').describe('Days with a value that are needed to judge.'),
    })
    .refine(({ column, metric }) => column !== undefined || metric === 'row_count', {
      error: 'must be given unless metric is row_count',
      path: ['column'],
    }),
  learns: true,
  requires: ({ column, metric }) => ({
    columns:
      column === undefined
        ? []
        : [{ param: 'column', name: column, accepts: needsNumbers(metric) ? 'numeric' : 'any' }],
  }),
  probe: (context) => ({ kind: 'aggregate', measures: stateOf(context) }),
  judge: (measured, { params, history, timezone }) => {
    const rowsChecked = countOf(measured, 'rows');
    const nonFinite = nonFiniteOf(measured);
    const metric = metricOf(params.metric, measured);
    const past = lastOfEachDay(history, timezone);
    const observed = { [params.metric]: metric, history_days: past.length };
    const nothing = { rowsChecked, unit: 'table', observed, expected: {} } as const;
    if (nonFinite > 0) {
      return judgeTable({ ...nothing, holds: false, observed: { ...observed, non_finite: nonFinite }, metric: null });
    }
    if (metric === null) return notApplicable('no value to judge', { ...nothing, metric });
    if (past.length < Number(params.min_history_days)) {
      const reason = `${past.length} of ${params.min_history_days} days of history`;
      return notApplicable(reason, { ...nothing, metric });
    }
    const { low, high } = allowedRange(past, Number(params.zscore_threshold));
    return judgeTable({
      holds: metric >= low && metric <= high,
      rowsChecked,
      observed,
      expected: { [`${params.metric}_min`]: low, [`${params.metric}_max`]: high },
      metric,
    });
  },
  example: { type: 'learned_threshold', column: 'amount', metric: 'mean' },
  cases,
});
