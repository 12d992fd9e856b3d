import { expect, it, vi } from 'vitest';
import { pauseBeforeRetry } from './pause-before-retry.js';

it('waits for a share of a time that doubles with each attempt', async () => {
  const chance = vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const started = performance.now();
  await pauseBeforeRetry(2, undefined);
  const elapsedMs = performance.now() - started;
  chance.mockRestore();
  expect(elapsedMs).toBeGreaterThan(95);
});

it('ends as cancelled when nobody waits any more', async () => {
  const controller = new AbortController();
  const pause = pauseBeforeRetry(10, controller.signal);
  controller.abort();
  await expect(pause).rejects.toMatchObject({ code: 'warehouse/cancelled' });
});
