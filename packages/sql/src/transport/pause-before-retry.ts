import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled } from './ended.js';

const firstPauseMs = 100;

/**
 * Waits up to 100 milliseconds after the first attempt, up to 200 after the second, up to 400 after the third, and so on.
 * @throws WarehouseError `cancelled` when the signal is aborted
 */
export const pauseBeforeRetry = async (attempt: number, signal: AbortSignal | undefined): Promise<void> => {
  const most = firstPauseMs * 2 ** (attempt - 1);
  await sleep(Math.random() * most, undefined, { ...(signal && { signal }) }).catch(() => {
    throw cancelled();
  });
};
