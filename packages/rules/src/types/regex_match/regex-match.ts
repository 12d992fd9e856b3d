import { matches, not, parsePattern } from '@aegis/sql';
import { z } from 'zod';
import { defineRowRule } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

/** The portable subset is checked when the rule is loaded, not when an engine trips over it. */
const pattern = z.string().superRefine((text, context) => {
  try {
    parsePattern(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
});

export const regexMatch = defineRowRule({
  name: 'regex_match',
  category: 'validity',
  summary: 'Text must match a regular expression.',
  edgeCases: 'The pattern is searched anywhere in the text; write ^ and $ to anchor it. NULL is ignored.',
  params: z.strictObject({
    column: columnName().describe('Text column to inspect.'),
    pattern: pattern.describe('Regular expression in the portable subset (RE2-like).'),
  }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'text' }] }),
  violation: ({ params, column }) => not(matches(column(params.column), params.pattern)),
  operands: ({ params, column }) => [column(params.column)],
  expected: ({ pattern: text }) => ({ pattern: text }),
  example: { type: 'regex_match', column: 'sku', pattern: '^[A-Z]{3}-\\d{4}$' },
  cases,
});
