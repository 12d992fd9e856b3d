import { expect, it } from 'vitest';
import { withinTime } from './within-time.js';

/** A client that ends when its signal says so, and one that never hears of it. */
const obedient = (signal: AbortSignal): Promise<string> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted by the client'))));
const deaf = (): Promise<string> => new Promise(() => {});

it('gives what the work gives, and throws what it throws', async () => {
  const time = { timeoutMs: 1_000, signal: undefined };
  await expect(withinTime(async () => 'answer', time)).resolves.toBe('answer');
  await expect(withinTime(() => Promise.reject(new Error('no')), time)).rejects.toThrow('no');
});

it.each([
  ['a client that listens', obedient],
  ['a client that does not', deaf],
])('ends %s when the time is over, and says so', async (_, work) => {
  await expect(withinTime(work, { timeoutMs: 5, signal: undefined })).rejects.toMatchObject({
    code: 'model/timeout',
    message: 'no answer within 5 ms',
  });
});

it('ends the work when its caller stops it, and begins none that was stopped before', async () => {
  const controller = new AbortController();
  const seen: AbortSignal[] = [];
  const work = (signal: AbortSignal) => {
    seen.push(signal);
    return obedient(signal);
  };
  const time = { timeoutMs: 60_000, signal: controller.signal };
  const stopped = withinTime(work, time);
  controller.abort();
  await expect(stopped).rejects.toMatchObject({ code: 'model/cancelled' });
  expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
  await expect(withinTime(work, time)).rejects.toMatchObject({ code: 'model/cancelled' });
  expect(seen).toHaveLength(1);
});
