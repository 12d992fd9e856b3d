import { displayMean } from '../../judge/numbers.js';
import { sumWithinBounds } from '../../judge/sum.js';
import { defineRuleType } from '../../type/define.js';
import { cases } from './cases.js';

export const meanBetween = defineRuleType({
  ...sumWithinBounds({ figure: 'mean', divisor: (values) => values, display: displayMean }),
  name: 'mean_between',
  summary: 'The mean of a column must lie within bounds.',
  edgeCases:
    'NULL is ignored; without any value the rule is not applicable. Any NaN or infinity fails. Integers and decimals are averaged exactly.',
  example: { type: 'mean_between', column: 'rating', min_value: 3, max_value: 5 },
  cases,
});
