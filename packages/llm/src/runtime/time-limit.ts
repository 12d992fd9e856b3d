import { LanguageModelError } from '@aegis/spec';
import { eitherSignal, unlessStopped } from './stopping.js';
import type { Timing } from './timing.js';

export interface TimeLimit {
  readonly timeoutMs: number;
  readonly timing: Timing;
  readonly signal: AbortSignal | undefined;
  /** What is waited for, e.g. `anthropic/claude-haiku-4-5`. */
  readonly name: string;
}

/**
 * The outcome of the work within its time; the work's signal is aborted when nobody waits for it any more.
 * @throws LanguageModelError `timeout`, `cancelled`
 */
export const withinTime = async <Value>(
  work: (signal: AbortSignal) => Promise<Value>,
  limit: TimeLimit,
): Promise<Value> => {
  const finished = new AbortController();
  const workSignal = eitherSignal(finished.signal, limit.signal) ?? finished.signal;
  try {
    return await unlessStopped(Promise.race([work(workSignal), timeout(limit, finished.signal)]), limit.signal);
  } finally {
    finished.abort();
  }
};

const timeout = async ({ timeoutMs, timing, name }: TimeLimit, finished: AbortSignal): Promise<never> => {
  await timing.sleep(timeoutMs, finished);
  throw new LanguageModelError('timeout', `${name} did not answer within ${timeoutMs} ms`, {
    hint: 'Allow more time, or use a faster model.',
  });
};
