import type { JsonValue } from '@aegis/spec';
import { z } from 'zod';

/**
 * Thinking that servers of the protocol want back with the results of tools: DeepSeek and vLLM in one field, OpenRouter in
 * the other. OpenAI itself sends none.
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
const fieldsSchema = z.object({
  reasoning_content: z.string().min(1).optional().catch(undefined),
  reasoning_details: z.array(z.json()).min(1).optional().catch(undefined),
});

const stateSchema = z.object({ openai: fieldsSchema });

/** What of an answer has to come back; `undefined` where nothing has. */
export const stateOf = (message: unknown): JsonValue | undefined => {
  const { reasoning_content: content, reasoning_details: details } = fieldsSchema.safeParse(message).data ?? {};
  if (content === undefined && details === undefined) return undefined;
  return {
    openai: {
      ...(content !== undefined && { reasoning_content: content }),
      ...(details !== undefined && { reasoning_details: details }),
    },
  };
};

/** The fields of an earlier answer; the state of another vendor is none. */
export const stateFields = (providerState: JsonValue | undefined): object =>
  stateSchema.safeParse(providerState).data?.openai ?? {};
