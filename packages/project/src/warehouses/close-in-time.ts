import type { OpenWarehouses } from './open-warehouses.js';

const longestMs = 5_000;

/**
 * Closes warehouses, and waits for that no longer than a while: a statement that an engine does not let go of holds its connection,
 * and what was asked is answered already.
 */
export const closeInTime = async (
  warehouses: Pick<OpenWarehouses, 'close'>,
  waitMs: number = longestMs,
): Promise<void> => {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, waitMs);
  try {
    await Promise.race([warehouses.close(), late]);
  } finally {
    clearTimeout(timer);
  }
};
