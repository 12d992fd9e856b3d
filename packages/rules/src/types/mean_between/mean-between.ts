import { z } from 'zod';
import { expectedBounds, isWithin, numericBounds, withBounds } from '../../judge/bounds.js';
import { countOf } from '../../judge/counts.js';
import { countsOfNumbers, displayMean, judgeStatistic, statisticOf, sumOf } from '../../judge/numbers.js';
import { defineRuleType } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const meanBetween = defineRuleType({
  name: 'mean_between',
  category: 'statistics',
  summary: 'The mean of a column must lie within bounds.',
  edgeCases:
    'NULL is ignored; without any value the rule is not applicable. Any NaN or infinity fails. Integers and decimals are averaged exactly.',
  unit: 'table',
  params: withBounds(z.strictObject({ column: columnName().describe('Numeric column.'), ...numericBounds })),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'numeric' }] }),
  probe: ({ params, column }) => ({
    kind: 'aggregate',
    measures: { ...countsOfNumbers(column(params.column)), sum: statisticOf('sum', column(params.column)) },
  }),
  judge: (measured, { params }) =>
    judgeStatistic(measured, {
      least: 1,
      figure: 'mean',
      display: () => displayMean(sumOf(measured), countOf(measured, 'non_null')),
      holds: () => isWithin(sumOf(measured), params, countOf(measured, 'non_null')),
      expected: expectedBounds('mean', params),
    }),
  example: { type: 'mean_between', column: 'rating', min_value: 3, max_value: 5 },
  cases,
});
