import { severities } from '@aegis/spec';
import { z } from 'zod';
import { analyst, type Prompt } from './prompt.js';

const schema = z.strictObject({
  severity: z.enum(severities).describe('How bad this failure is for those who use the table.'),
  reason: z.string().min(1).max(1_000).describe('One sentence.'),
});

export const classifyPrompt: Prompt<typeof schema> = {
  version: 'classify/1',
  system: analyst(
    'Judge how severe the failure is. Your view stands beside that of the heuristics and decides nothing.',
  ),
  question: 'How severe is this failure, and why?',
  schema,
  maxOutputTokens: 500,
};
