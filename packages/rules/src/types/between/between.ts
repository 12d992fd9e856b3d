import { z } from 'zod';
import { withBounds } from '../../judge/bounds.js';
import { valuesInRange } from '../../judge/range.js';
import { defineRowRule } from '../../type/define.js';
import { columnName, scalar } from '../../type/scalars.js';
import { cases } from './cases.js';

export const between = defineRowRule({
  ...valuesInRange,
  name: 'between',
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
  example: { type: 'between', column: 'discount', min_value: 0, max_value: 1 },
  cases,
});
