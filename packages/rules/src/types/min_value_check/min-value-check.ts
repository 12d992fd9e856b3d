import { outsideRange } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnName, scalar } from '../../type/scalars.js';
import { cases } from './cases.js';

export const minValueCheck = defineRowRule({
  name: 'min_value_check',
  category: 'validity',
  summary: 'No value may lie below a bound.',
  edgeCases: 'The bound is inclusive. NULL is ignored, NaN is below every bound.',
  params: z.strictObject({
    column: columnName().describe('Column to inspect.'),
    min_value: scalar().describe('Smallest allowed value; inclusive.'),
  }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'comparable' }] }),
  violation: ({ params, column, timezone }) => outsideRange(column(params.column), { min: params.min_value }, timezone),
  operands: ({ params, column }) => [column(params.column)],
  expected: ({ min_value }) => ({ value_min: min_value }),
  example: { type: 'min_value_check', column: 'quantity', min_value: 0 },
  cases,
});
