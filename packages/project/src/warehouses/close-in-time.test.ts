import { expect, it } from 'vitest';
import { closeInTime } from './close-in-time.js';

it('waits until warehouses are closed', async () => {
  let isClosed = false;
  await closeInTime({
    close: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      isClosed = true;
    },
  });
  expect(isClosed).toBe(true);
});

it('waits no longer for one that an engine holds', async () => {
  const held = new Promise<void>(() => undefined);
  expect(await closeInTime({ close: () => held }, 20)).toBeUndefined();
});
