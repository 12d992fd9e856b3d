import { severities } from '@aegis/spec';
import { z } from 'zod';
import type { Prompt } from './prompt.js';

/** The model's own view of how severe a failure is. */
export const classifyPrompt = {
  version: 'classify/1',
  task: `\
A data-quality rule failed. Say how severe the failure is for those who use the table. The severity that the rule and its figures gave is a
heuristic: the share of failing rows and the number of tables downstream. Confirm it, or correct it with a reason from the facts.

- critical: wrong numbers are in use now, or people or money are harmed. high: most users of the table are misled.
- medium: some uses are affected. low: hardly noticed. info: expected, or harmless.`,
  question: 'How severe is it, and why?',
  maxOutputTokens: 2_000,
  schema: z.object({
    severity: z.enum(severities),
    reason: z.string().describe('One or two sentences.'),
  }),
} satisfies Prompt;
