import type { HistoryFlags } from '@aegis/project';
import { z } from 'zod';
import type { Call } from './call.js';

/** Ids only: what a use case would take for a report file is no run here. */
const runId = z
  .string()
  .regex(/^[\w-]+$/, 'must be the id of a run, or its beginning')
  .max(200);

export const run = runId.meta({ description: 'Id of a run, or a unique beginning of it.' });

export const optionalRun = runId
  .optional()
  .meta({ description: 'Id of a run, or its beginning. Default: the latest.' });

/** Where recorded runs are read from. */
export const historyOf = ({ options }: Call): HistoryFlags => ({ history: options.history });
