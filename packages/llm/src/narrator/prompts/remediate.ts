import { z } from 'zod';
import type { Prompt } from './prompt.js';

/** A change of the data that would make the rule hold. */
export const remediatePrompt = {
  version: 'remediate/1',
  task: `\
A data-quality rule failed. Propose one SQL statement that mends the failing rows, for a person to judge. It is not run by anyone before that.

- One UPDATE, DELETE, INSERT ... SELECT or MERGE in the dialect that is named, on the table that is named and no other, with a
  WHERE (MERGE: ON) that leaves all sound rows out. Other tables may be read. No DDL, no comments that matter, no functions that read files or networks.
- Prefer what loses nothing: correct a value before setting it to NULL, and that before deleting a row.
- Masked values such as '<email:1>' may stand in string literals only; they are put back before a person sees the SQL.
- confidence: high only when the facts show both what is wrong and what is right.
- caveat: what could go wrong, and what to check first.
- Where no statement would be honest (the right value is not known, or the fault lies upstream), answer with null for proposed_sql and say why in caveat.`,
  question: 'Which statement would mend the failing rows?',
  maxOutputTokens: 4_000,
  schema: z.object({
    proposed_sql: z.string().nullable().describe('One statement, or null.'),
    confidence: z.enum(['high', 'medium', 'low']),
    caveat: z.string().describe('One or two sentences.'),
  }),
} satisfies Prompt;
