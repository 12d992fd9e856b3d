import { z } from 'zod';
import { valuesInRange } from '../../judge/range.js';
import { defineRowRule } from '../../type/define.js';
import { columnName, scalar } from '../../type/scalars.js';
import { cases } from './cases.js';

export const maxValueCheck = defineRowRule({
  ...valuesInRange,
  name: 'max_value_check',
  summary: 'No value may lie above a bound.',
  edgeCases: 'The bound is inclusive. NULL is ignored, NaN is above every bound.',
  params: z.strictObject({
    column: columnName().describe('Column to inspect.'),
    max_value: scalar().describe('Largest allowed value; inclusive.'),
  }),
  example: { type: 'max_value_check', column: 'quantity', max_value: 1000 },
  cases,
});
