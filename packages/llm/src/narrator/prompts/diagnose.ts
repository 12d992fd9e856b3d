import { z } from 'zod';
import { claims } from '../claims.js';
import type { Prompt } from './prompt.js';

/** Explanation, likely cause and recommended action. */
export const diagnosePrompt = {
  version: 'diagnose/1',
  task: `\
A data-quality rule failed. Explain to the people who own the table what is wrong, why most likely, and what to do next.

- explanation: what the failing rows have in common and how they differ from passing ones; how much is concerned.
- likely_cause: the most probable reason, and what speaks against it. Common causes that the author of the rule declared come first when the
  facts support them. Leave it empty rather than guess without any fact.
- recommended_action: the next one or two concrete steps, where possible a query or a place to look at.`,
  question: 'What is wrong, why, and what is to be done?',
  maxOutputTokens: 4_000,
  schema: z.object({
    explanation: claims('What is wrong.'),
    likely_cause: claims('Why, most likely; empty when the facts say nothing about it.'),
    recommended_action: claims('What to do next.'),
  }),
} satisfies Prompt;
