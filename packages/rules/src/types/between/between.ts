import { outsideRange } from '@aegis/sql';
import { z } from 'zod';
import { withBounds } from '../../judge/bounds.js';
import { defineRowRule } from '../../type/define.js';
import { columnName, scalar } from '../../type/scalars.js';
import { cases } from './cases.js';

export const between = defineRowRule({
  name: 'between',
  category: 'validity',
  summary: 'Values must lie within bounds: numbers, dates, timestamps or text.',
  edgeCases:
    'Bounds are inclusive and compared in the column’s type; text by code point. NULL is ignored, NaN is outside every range. A date as bound of a timestamp covers the whole day.',
  params: withBounds(
    z.strictObject({
      column: columnName().describe('Column to inspect.'),
      min_value: scalar().optional().describe('Smallest allowed value; inclusive.'),
      max_value: scalar().optional().describe('Largest allowed value; inclusive.'),
    }),
  ),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'comparable' }] }),
  violation: ({ params, column, timezone }) =>
    outsideRange(column(params.column), { min: params.min_value, max: params.max_value }, timezone),
  operands: ({ params, column }) => [column(params.column)],
  expected: ({ min_value, max_value }) => ({
    ...(min_value !== undefined && { value_min: min_value }),
    ...(max_value !== undefined && { value_max: max_value }),
  }),
  example: { type: 'between', column: 'discount', min_value: 0, max_value: 1 },
  cases,
});
