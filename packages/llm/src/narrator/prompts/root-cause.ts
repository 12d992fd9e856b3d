import { z } from 'zod';
import { claimSchema } from '../claims.js';
import { analyst, type Prompt } from './prompt.js';

const schema = z.strictObject({
  explanation: claimSchema.describe('Where the failure enters and why, as far as the facts tell.'),
});

export const rootCausePrompt: Prompt<typeof schema> = {
  version: 'root-cause/1',
  system: analyst(
    'Tell where along the lineage the failure enters. What was found stands as it is: explain it, never replace it.',
  ),
  question: 'Where does this failure enter?',
  schema,
  maxOutputTokens: 1_000,
};
