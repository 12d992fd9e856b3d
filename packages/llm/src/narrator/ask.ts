import type { Failure, NarratorSession } from '@aegis/spec';
import type { z } from 'zod';
import type { ModelRuntime } from '../runtime/model-runtime.js';
import { caseText } from './case-text.js';
import type { Fact } from './fact.js';
import { type Prompt, systemPrompt } from './prompts/prompt.js';

/** One step's question about one failure. */
export interface Question {
  readonly failure: Failure;
  readonly facts: readonly Fact[];
  readonly session: NarratorSession;
}

/** The answer to a prompt, fit for its schema. @throws LanguageModelError */
export const ask = <Schema extends z.ZodType>(
  runtime: ModelRuntime,
  prompt: Prompt<Schema>,
  { failure, facts, session }: Question,
): Promise<z.output<Schema>> =>
  runtime.answer(
    {
      system: systemPrompt(prompt),
      messages: [{ role: 'user', content: `${caseText(facts)}\n\n${prompt.question}` }],
      maxOutputTokens: prompt.maxOutputTokens,
    },
    prompt.schema,
    { session, ruleId: failure.rule.id, promptVersion: prompt.version },
  );
