import { z } from 'zod';
import { claims } from '../claims.js';
import type { Prompt } from './prompt.js';

/** Where a failure comes from, told from what was traced. */
export const rootCausePrompt = {
  version: 'rca/1',
  task: `\
A data-quality rule failed, and its table was followed upstream. Tell the people who own the pipeline where the failure enters, by which operation,
and how that is known. What was traced is given as "where it enters"; do not name another place. Where nothing was measured upstream, say
what to measure first and why.`,
  question: 'Where does the failure enter, and how is that known?',
  maxOutputTokens: 4_000,
  schema: z.object({ explanation: claims('Where the failure enters, and how that is known.') }),
} satisfies Prompt;
