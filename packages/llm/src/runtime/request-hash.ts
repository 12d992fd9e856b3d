import { createHash } from 'node:crypto';
import type { LanguageModel, ModelRequest } from '@aegis/spec';
import { stableJson } from './stable-json.js';

/** Covers all that an answer depends on: the model, what it is asked, and how. Equal in every process. */
export const requestHash = (
  { provider, model }: Pick<LanguageModel, 'provider' | 'model'>,
  { signal: _, ...request }: ModelRequest,
): string => createHash('sha256').update(stableJson({ provider, model, request })).digest('hex');
