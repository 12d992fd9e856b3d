import { outsideRange } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnName, scalar } from '../../type/scalars.js';
import { cases } from './cases.js';

export const maxValueCheck = defineRowRule({
  name: 'max_value_check',
  category: 'validity',
  summary: 'No value may lie above a bound.',
  edgeCases: 'The bound is inclusive. NULL is ignored, NaN is above every bound.',
  params: z.strictObject({
    column: columnName().describe('Column to inspect.'),
    max_value: scalar().describe('Largest allowed value; inclusive.'),
  }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'comparable' }] }),
  violation: ({ params, column, timezone }) => outsideRange(column(params.column), { max: params.max_value }, timezone),
  operands: ({ params, column }) => [column(params.column)],
  expected: ({ max_value }) => ({ value_max: max_value }),
  example: { type: 'max_value_check', column: 'quantity', max_value: 1000 },
  cases,
});
