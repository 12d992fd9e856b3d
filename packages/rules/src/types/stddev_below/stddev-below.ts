import { z } from 'zod';
import { exact } from '../../judge/counts.js';
import { countsOfNumbers, judgeStatistic, statisticOf } from '../../judge/numbers.js';
import { defineRuleType } from '../../type/define.js';
import { columnName, decimal } from '../../type/scalars.js';
import { cases } from './cases.js';

export const stddevBelow = defineRuleType({
  name: 'stddev_below',
  category: 'statistics',
  summary: 'The sample standard deviation of a column may not be larger than a threshold.',
  edgeCases: 'NULL is ignored; fewer than two values are not applicable. Any NaN or infinity fails.',
  unit: 'table',
  params: z.strictObject({
    column: columnName().describe('Numeric column.'),
    threshold: decimal({ min: 0 }).describe('Largest allowed sample standard deviation.'),
  }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'numeric' }] }),
  probe: ({ params, column }) => ({
    kind: 'aggregate',
    measures: {
      ...countsOfNumbers(column(params.column)),
      stddev: statisticOf('stddev_sample', column(params.column)),
    },
  }),
  judge: (measured, { params }) =>
    judgeStatistic(measured, {
      least: 2,
      figure: 'stddev',
      display: () => exact(measured.stddev).round(10).toFixed(),
      holds: () => exact(measured.stddev).lte(params.threshold),
      expected: { stddev_max: params.threshold },
    }),
  example: { type: 'stddev_below', column: 'latency_ms', threshold: 250 },
  cases,
});
