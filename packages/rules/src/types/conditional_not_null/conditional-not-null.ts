import { and, isNull } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const conditionalNotNull = defineRowRule({
  name: 'conditional_not_null',
  category: 'completeness',
  summary: 'A column may not hold NULL where a condition is true.',
  edgeCases: 'Rows for which the condition is false or NULL are fine.',
  params: z.strictObject({
    column: columnName().describe('Column that must have a value.'),
    condition: z.string().min(1).describe('One boolean expression over the columns, in the SQL of the warehouse.'),
  }),
  requires: ({ column, condition }) => ({
    columns: [{ param: 'column', name: column, accepts: 'any' }],
    expressions: [{ param: 'condition', sql: condition }],
  }),
  violation: (context) => and(isNull(context.column(context.params.column)), context.userSql('condition')),
  expected: ({ condition }) => ({ condition }),
  example: { type: 'conditional_not_null', column: 'shipped_at', condition: "status = 'shipped'" },
  cases,
});
