import { z } from 'zod';
import { expectedBounds, isWithin, numericBounds, withBounds } from '../../judge/bounds.js';
import { countsOfNumbers, judgeStatistic, statisticOf, sumOf } from '../../judge/numbers.js';
import { defineRuleType } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const columnSumBetween = defineRuleType({
  name: 'column_sum_between',
  category: 'statistics',
  summary: 'The sum of a column must lie within bounds.',
  edgeCases:
    'NULL is ignored; without any value the rule is not applicable. Any NaN or infinity fails. Integers and decimals are summed exactly.',
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
      figure: 'sum',
      display: () => sumOf(measured).toFixed(),
      holds: () => isWithin(sumOf(measured), params),
      expected: expectedBounds('sum', params),
    }),
  example: { type: 'column_sum_between', column: 'amount', min_value: 0 },
  cases,
});
