import { not } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnNames } from '../../type/scalars.js';
import { cases } from './cases.js';

export const sqlExpression = defineRowRule({
  name: 'sql_expression',
  category: 'validity',
  summary: 'A boolean SQL expression may not be false for any row.',
  edgeCases: 'Rows for which the expression is NULL are ignored; `nulls: fail` counts them.',
  params: z.strictObject({
    expression: z.string().min(1).describe('One boolean expression over the columns, in the SQL of the warehouse.'),
    columns: columnNames().optional().describe('Columns that the rule is about, shown first in samples.'),
  }),
  requires: ({ expression, columns = [] }) => ({
    columns: columns.map((name, index) => ({ param: `columns.${index}`, name, accepts: 'any' })),
    expressions: [{ param: 'expression', sql: expression }],
  }),
  violation: (context) => not(context.userSql('expression')),
  operands: (context) => [context.userSql('expression')],
  expected: ({ expression }) => ({ expression }),
  example: { type: 'sql_expression', expression: 'revenue >= 0' },
  cases,
});
