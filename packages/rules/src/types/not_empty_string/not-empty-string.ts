import { compare, isNull, literal, or, trim } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const notEmptyString = defineRowRule({
  name: 'not_empty_string',
  category: 'completeness',
  summary: 'A text column may hold neither NULL nor blank text.',
  edgeCases: 'NULL is a violation. Tabs, line breaks, spaces and no-break spaces at both ends do not count as text.',
  params: z.strictObject({ column: columnName().describe('Text column that must say something.') }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'text' }] }),
  violation: (context) => {
    const column = context.column(context.params.column);
    return or(isNull(column), compare(trim(column), '=', literal('text', '')));
  },
  example: { type: 'not_empty_string', column: 'name' },
  cases,
});
