import { and, matches, not, parsePattern, trim } from '@aegis/sql';
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

const hasOuterBlanks = (value: unknown): boolean => typeof value === 'string' && value !== value.trim();

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
  fix: (sample, { params, column: columnOf }) => {
    const column = columnOf(params.column);
    if (!sample.some((row) => hasOuterBlanks(row[column.name]))) return undefined;
    const mended = and(not(matches(column, params.pattern)), matches(trim(column), params.pattern));
    return {
      change: {
        column,
        value: { kind: 'expression', expression: trim(column) },
        rows: { kind: 'condition', condition: mended },
      },
      confidence: 'medium',
      caveat: 'Changes only values that match once the blanks around them are gone; others stay as they are.',
    };
  },
  example: { type: 'regex_match', column: 'sku', pattern: '^[A-Z]{3}-\\d{4}$' },
  cases,
});
