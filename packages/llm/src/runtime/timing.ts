import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance, as the runtime sees them; a test brings its own. */
export interface Timing {
  /** Milliseconds since 1970, never going back. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** Rejects as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemTiming: Timing = {
  now: () => performance.timeOrigin + performance.now(),
  random: Math.random,
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, signal && { signal });
  },
};
