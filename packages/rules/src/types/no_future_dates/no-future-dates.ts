import { compare, currentTimestampLiteral } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const noFutureDates = defineRowRule({
  name: 'no_future_dates',
  category: 'timeliness',
  summary: 'No date or timestamp may lie in the future.',
  edgeCases:
    'A timestamp may not be later than now, a date not later than today; naive values are read in the time zone of the rule. NULL is ignored.',
  params: z.strictObject({ column: columnName().describe('Date or timestamp column.') }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'temporal' }] }),
  violation: (context) => {
    const column = context.column(context.params.column);
    return compare(column, '>', currentTimestampLiteral(column.type, context.now, context.timezone));
  },
  operands: ({ params, column }) => [column(params.column)],
  example: { type: 'no_future_dates', column: 'ordered_at' },
  cases,
});
