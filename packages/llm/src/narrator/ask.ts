import type { Evidence, Failure, NarratorSession } from '@aegis/spec';
import type { z } from 'zod';
import type { ModelRuntime } from '../runtime/model-runtime.js';
import { brief } from './brief.js';
import { maskingOf, type PromptRedactor, type PromptSamples } from './masking.js';
import type { Prompt } from './prompts/prompt.js';

export interface NarratorParts {
  readonly runtime: ModelRuntime;
  readonly redactor: PromptRedactor;
  readonly samples: PromptSamples;
}

export interface Question<Schema extends z.ZodType> {
  readonly prompt: Prompt<Schema>;
  readonly failure: Failure;
  readonly facts: readonly Evidence[];
  readonly session: NarratorSession;
  /** More for this step than the brief says. */
  readonly details?: string | undefined;
}

/** Asks one step's question about one failure. The whole text goes through the redactor once more before it is sent. */
export const ask = <Schema extends z.ZodType>(
  { prompt, failure, facts, session, details }: Question<Schema>,
  { runtime, redactor, samples }: NarratorParts,
): Promise<z.output<Schema>> => {
  const told = brief(failure, facts, maskingOf(redactor, samples));
  const text = [told, ...(details === undefined ? [] : [details]), `## Question\n${prompt.question}`].join('\n\n');
  return runtime.answer(
    {
      system: prompt.system,
      messages: [{ role: 'user', content: redactor.text(text) }],
      maxOutputTokens: prompt.maxOutputTokens,
    },
    prompt.schema,
    { session, ruleId: failure.rule.id, promptVersion: prompt.version },
  );
};
