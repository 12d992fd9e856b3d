import type { z } from 'zod';
import { fenceNotice } from '../../prompting/fence.js';

/** The text of one step: what the model is, what it is asked, and the form of its answer. */
export interface Prompt<Schema extends z.ZodType> {
  /** Changes whenever the words or the form do; stands in the audit trail beside each answer. */
  readonly version: string;
  readonly system: string;
  readonly question: string;
  readonly schema: Schema;
  readonly maxOutputTokens: number;
}

/** What every step says first. */
export const analyst = (task: string): string =>
  [
    'You are a careful data-quality analyst. A rule about a table does not hold.',
    task,
    'Rest every claim on facts that were given, and cite their ids. Where the facts are not enough, say so; never invent figures, tables or columns.',
    'Tokens such as <email:1> stand for values that were masked; equal tokens are equal values. Use them as they are.',
    fenceNotice,
  ].join('\n');
