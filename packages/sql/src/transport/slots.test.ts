import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Slots } from './slots.js';

/** A promise that the test settles. */
const gate = () => {
  const settle = { resolve: (): void => {}, reject: (_error: Error): void => {} };
  const promise = new Promise<void>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, resolve: () => settle.resolve(), reject: (error: Error) => settle.reject(error) };
};

it('runs as many tasks at once as it has slots, in the order in which they came', async () => {
  const slots = new Slots(2);
  const gates = [gate(), gate(), gate()];
  const begun: number[] = [];
  const tasks = gates.map(({ promise }, index) =>
    slots.use(undefined, async () => {
      begun.push(index);
      await promise;
    }),
  );
  await setImmediate();
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await tasks[1];
  await setImmediate();
  expect(begun).toEqual([0, 1, 2]);
  gates[0]?.resolve();
  gates[2]?.resolve();
  await Promise.all(tasks);
});

it('gives the slot of a failed task to the next', async () => {
  const slots = new Slots(1);
  const failing = slots.use(undefined, () => Promise.reject(new Error('no')));
  const next = slots.use(undefined, async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

it('lets a waiting task leave the queue when its signal is aborted', async () => {
  const slots = new Slots(1);
  const { promise, resolve } = gate();
  const running = slots.use(undefined, () => promise);
  const controller = new AbortController();
  const left = slots.use(controller.signal, async () => 'never');
  const patient = slots.use(undefined, async () => 'yes');
  controller.abort();
  await expect(left).rejects.toMatchObject({ code: 'warehouse/cancelled' });
  resolve();
  await running;
  await expect(patient).resolves.toBe('yes');
});

it('is drained when the last task has ended, whatever its end', async () => {
  const slots = new Slots(2);
  const { promise, reject } = gate();
  const failing = slots.use(undefined, () => promise).catch(() => 'failed');
  const drained = slots.drained().then(() => 'drained');
  reject(new Error('no'));
  expect(await Promise.all([failing, drained])).toEqual(['failed', 'drained']);
});
