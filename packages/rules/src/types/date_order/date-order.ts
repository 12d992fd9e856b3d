import { compare } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const dateOrder = defineRowRule({
  name: 'date_order',
  category: 'consistency',
  summary: 'One date may not be later than another in the same row.',
  edgeCases: 'Equal dates pass. A row with NULL in either column is ignored unless `nulls: fail`.',
  params: z.strictObject({
    column: columnName().describe('The earlier date or timestamp.'),
    column_b: columnName().describe('The later one.'),
  }),
  requires: ({ column, column_b }) => ({
    columns: [
      { param: 'column', name: column, accepts: 'temporal' },
      { param: 'column_b', name: column_b, accepts: 'temporal' },
    ],
    comparable: [[column, column_b]],
  }),
  violation: ({ params, column }) => compare(column(params.column), '>', column(params.column_b)),
  operands: ({ params, column }) => [column(params.column), column(params.column_b)],
  example: { type: 'date_order', column: 'ordered_at', column_b: 'shipped_at' },
  cases,
});
