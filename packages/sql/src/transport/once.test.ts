import { expect, it } from 'vitest';
import { Once } from './once.js';

it('does a task when it is first needed, and once for all who wait', async () => {
  let begun = 0;
  const once = new Once(async () => {
    begun += 1;
    return begun;
  });
  expect(begun).toBe(0);
  expect(await Promise.all([once.get(), once.get()])).toEqual([1, 1]);
  expect(await once.ifBegun()).toBe(1);
});

it('does a task anew only after it failed', async () => {
  const results = [Promise.reject(new Error('not yet')), Promise.resolve('done')];
  const once = new Once(async () => results.shift());
  await expect(once.get()).rejects.toThrow('not yet');
  expect(await once.get()).toBe('done');
  expect(await once.get()).toBe('done');
});

it('begins nothing for who only asks whether it was begun, and tells no failure', async () => {
  const once = new Once(() => Promise.reject(new Error('broken')));
  expect(await once.ifBegun()).toBeUndefined();
  const failing = once.get();
  expect(await once.ifBegun()).toBeUndefined();
  await expect(failing).rejects.toThrow('broken');
});
