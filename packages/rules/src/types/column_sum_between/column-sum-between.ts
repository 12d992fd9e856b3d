import { sumWithinBounds } from '../../judge/sum.js';
import { defineRuleType } from '../../type/define.js';
import { cases } from './cases.js';

export const columnSumBetween = defineRuleType({
  ...sumWithinBounds({ figure: 'sum', divisor: () => 1, display: (sum) => sum.toFixed() }),
  name: 'column_sum_between',
  summary: 'The sum of a column must lie within bounds.',
  edgeCases:
    'NULL is ignored; without any value the rule is not applicable. Any NaN or infinity fails. Integers and decimals are summed exactly.',
  example: { type: 'column_sum_between', column: 'amount', min_value: 0 },
  cases,
});
