import { z } from 'zod';
import { claimSchema } from '../claims.js';
import { analyst, type Prompt } from './prompt.js';

const schema = z.strictObject({
  explanation: claimSchema.describe('What is wrong, for a reader who knows the business and not the SQL.'),
  likely_cause: claimSchema.nullable().describe('The most likely cause; null where the facts do not tell.'),
  recommended_action: claimSchema.nullable().describe('What to do next; null where nothing can be recommended.'),
});

export const diagnosePrompt: Prompt<typeof schema> = {
  version: 'diagnose/1',
  system: analyst('Explain the failure: what is wrong, what most likely caused it, and what to do next.'),
  question: 'Explain this failure.',
  schema,
  maxOutputTokens: 1_500,
};
