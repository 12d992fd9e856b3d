import type { HistoryFlags } from '@aegis/project';
import { ConfigError } from '@aegis/spec';
import { z } from 'zod';
import type { Call } from './call.js';

/** Ids only: what a use case would take for a report file is no run here. */
export const runId = z
  .string()
  .regex(/^[\w-]+$/, 'must be the id of a run, or its beginning')
  .max(200);

export const run = runId.meta({ description: 'Id of a run, or a unique beginning of it.' });

export const optionalRun = runId
  .optional()
  .meta({ description: 'Id of a run, or its beginning. Default: the latest.' });

/** The same for a run in the URI of a resource. @throws ConfigError `usage` */
export const checkRun = (text: string): string => {
  const read = runId.safeParse(text);
  if (read.success) return read.data;
  throw new ConfigError('usage', `${JSON.stringify(text)} must be the id of a run, or its beginning; not found`);
};

/** Where recorded runs are read from. */
export const historyOf = ({ options }: Call): HistoryFlags => ({ history: options.history });
