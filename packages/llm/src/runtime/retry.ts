import { isAegisError } from '@aegis/spec';
import { unlessStopped } from './stopping.js';
import type { Timing } from './timing.js';

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly timing: Timing;
  readonly signal: AbortSignal | undefined;
  /** How long retrying may still go on, in milliseconds. */
  remainingMs(): number;
}

const firstBackoffMs = 500;
const longestBackoffMs = 20_000;

/** Attempts until one succeeds, or fails for good: what cannot succeed, and what may not be waited for, is thrown as it is. */
export const retrying = async <Value>(attempt: () => Promise<Value>, policy: RetryPolicy): Promise<Value> => {
  for (let made = 1; ; made += 1) {
    try {
      return await attempt();
    } catch (error) {
      const waitMs = backoffMs(error, made, policy.timing);
      if (made >= policy.maxAttempts || !isRetryable(error) || waitMs >= policy.remainingMs()) throw error;
      await unlessStopped(policy.timing.sleep(waitMs, policy.signal), policy.signal);
    }
  }
};

const isRetryable = (error: unknown): boolean => isAegisError(error) && error.retryable;

/** How long the vendor asked to wait; `undefined` where it did not say. */
export const retryAfterOf = (error: unknown): number | undefined =>
  isAegisError(error) && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number'
    ? error.retryAfterMs
    : undefined;

/**
 * Full jitter: anything up to a bound that doubles, so that calls that failed together do not come back together. What the
 * vendor asked for is the least.
 */
const backoffMs = (error: unknown, made: number, timing: Timing): number => {
  const retryAfterMs = retryAfterOf(error);
  if (retryAfterMs !== undefined) return retryAfterMs + timing.random() * firstBackoffMs;
  return timing.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (made - 1));
};
