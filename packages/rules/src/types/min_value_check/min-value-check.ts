import { z } from 'zod';
import { valuesInRange } from '../../judge/range.js';
import { defineRowRule } from '../../type/define.js';
import { columnName, scalar } from '../../type/scalars.js';
import { cases } from './cases.js';

export const minValueCheck = defineRowRule({
  ...valuesInRange,
  name: 'min_value_check',
  summary: 'No value may lie below a bound.',
  edgeCases: 'The bound is inclusive. NULL is ignored, NaN is below every bound.',
  params: z.strictObject({
    column: columnName().describe('Column to inspect.'),
    min_value: scalar().describe('Smallest allowed value; inclusive.'),
  }),
  example: { type: 'min_value_check', column: 'quantity', min_value: 0 },
  cases,
});
