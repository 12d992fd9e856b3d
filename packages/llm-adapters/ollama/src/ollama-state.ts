import type { JsonValue } from '@aegis/spec';
import { z } from 'zod';

const stateSchema = z.object({ ollama: z.object({ thinking: z.string() }) });

/** What the model thought: it wants that back with the results of tools. `undefined` where it did not think. */
export const stateOf = (thinking: string | undefined): JsonValue | undefined =>
  thinking ? { ollama: { thinking } } : undefined;

/** What the model thought with an earlier answer; the state of another vendor is none. */
export const thinkingIn = (providerState: JsonValue | undefined): string | undefined =>
  stateSchema.safeParse(providerState).data?.ollama.thinking;
