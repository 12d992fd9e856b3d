import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { OpenSlots } from './open-slots.js';

/** Ends when its signal says so. */
const endless = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('ended')));

it('ends what is under way when it is closed, and refuses what waits or comes later', async () => {
  const slots = new OpenSlots(1);
  const running = slots.use(undefined, endless);
  const waiting = slots.use(undefined, async () => 'never');
  waiting.catch(() => {});
  await setImmediate();
  expect(slots.isClosed).toBe(false);
  await slots.close();
  await expect(running).resolves.toBe('ended');
  const closed = { code: 'warehouse/connection', message: 'the warehouse is closed' };
  await expect(waiting).rejects.toMatchObject(closed);
  await expect(slots.use(undefined, async () => 'never')).rejects.toMatchObject(closed);
  expect(() => slots.refuseWhenClosed()).toThrow('the warehouse is closed');
  expect(slots.isClosed).toBe(true);
  await slots.close();
});

it('ends a task by the signal of its caller alone', async () => {
  const slots = new OpenSlots(2);
  const controller = new AbortController();
  const left = slots.use(controller.signal, endless);
  const patient = slots.use(undefined, endless);
  await setImmediate();
  controller.abort();
  await expect(left).resolves.toBe('ended');
  expect(slots.until().aborted).toBe(false);
  expect(slots.until(controller.signal).aborted).toBe(true);
  await slots.close();
  await expect(patient).resolves.toBe('ended');
});
