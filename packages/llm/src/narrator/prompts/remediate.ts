import { z } from 'zod';
import { analyst, type Prompt } from './prompt.js';

const schema = z.strictObject({
  proposed_sql: z
    .string()
    .max(20_000)
    .nullable()
    .describe('One UPDATE, DELETE or INSERT … SELECT with a WHERE; null where no change of data would be right.'),
  confidence: z.enum(['high', 'medium', 'low']).describe('That this is the right change.'),
  caveat: z.string().max(2_000).describe('What must be checked before it is run, and what it cannot repair.'),
});

export const remediatePrompt: Prompt<typeof schema> = {
  version: 'remediate/1',
  system: analyst(
    [
      'Propose one SQL statement that mends the data, for a person to review. It is not run.',
      'It must be a single UPDATE, DELETE or INSERT … SELECT on the table of the rule, with a WHERE that chooses only rows that fail.',
      'Prefer the change that loses least. Propose nothing (null) where the right values are not known.',
    ].join('\n'),
  ),
  question: 'Which statement would mend these rows?',
  schema,
  maxOutputTokens: 1_500,
};
