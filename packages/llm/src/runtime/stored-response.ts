import type { JsonValue, ModelResponse } from '@aegis/spec';
import { z } from 'zod';

const tokens = z.number().nonnegative();

const responseSchema: z.ZodType<ModelResponse, unknown> = z
  .object({
    text: z.string(),
    toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.json() })),
    object: z.json().optional(),
    finishReason: z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'other']),
    usage: z.object({
      ...{ inputTokens: tokens, cacheReadTokens: tokens, cacheWriteTokens: tokens },
      ...{ outputTokens: tokens, reasoningTokens: tokens },
    }),
    model: z.string(),
    providerState: z.json().optional(),
  })
  .transform(({ object, providerState, ...response }) => ({
    ...response,
    ...(object !== undefined && { object }),
    ...(providerState !== undefined && { providerState }),
  }));

/** A response as it is kept for a resumed run. */
export const storedResponse = (response: ModelResponse): JsonValue => JSON.parse(JSON.stringify(response));

/** The response that was kept; `undefined` for none, and for what another version wrote. */
export const recalledResponse = (stored: JsonValue | undefined): ModelResponse | undefined =>
  stored === undefined ? undefined : responseSchema.safeParse(stored).data;
