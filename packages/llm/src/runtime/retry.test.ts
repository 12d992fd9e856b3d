import { LanguageModelError, type ModelReason } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { VirtualTiming } from './__fixtures__/virtual-timing.js';
import { retrying } from './retry.js';

interface Tried {
  readonly attempts: number;
  readonly slept: readonly number[];
  readonly outcome: unknown;
}

const tried = async (
  failures: readonly unknown[],
  { maxAttempts = 4, totalMs = 300_000, random = 0.5, signal = undefined as AbortSignal | undefined } = {},
): Promise<Tried> => {
  const timing = new VirtualTiming(() => random);
  let attempts = 0;
  const attempt = async () => {
    const failure = failures[attempts];
    attempts += 1;
    if (failure !== undefined) throw failure;
    return 'answer';
  };
  const policy = { maxAttempts, timing, signal, remainingMs: () => totalMs - timing.elapsed };
  const outcome = await retrying(attempt, policy).catch((error: unknown) => error);
  return { attempts, slept: timing.slept, outcome };
};

const failing = (reason: ModelReason, retryAfterMs?: number) =>
  new LanguageModelError(reason, reason, retryAfterMs === undefined ? {} : { retryAfterMs });

const many = (failure: unknown) => Array.from({ length: 20 }, () => failure);

describe('retrying', () => {
  it.each<ModelReason>(['rate-limit', 'overloaded', 'timeout', 'connection'])(
    'tries again after %s',
    async (reason) => {
      expect(await tried([failing(reason)])).toMatchObject({ attempts: 2, outcome: 'answer' });
    },
  );

  it.each<ModelReason>([
    ...(['authentication', 'quota', 'context-length', 'content-filter', 'invalid-request'] as const),
    ...(['invalid-output', 'not-found', 'cancelled', 'budget', 'unknown'] as const),
  ])('never tries again after %s', async (reason) => {
    const failure = failing(reason, 10);
    expect(await tried([failure])).toEqual({ attempts: 1, slept: [], outcome: failure });
  });

  it('never tries again after what is no error of ours', async () => {
    expect(await tried([new TypeError('bug')])).toMatchObject({ attempts: 1 });
  });

  it.each([
    [0, [0, 0, 0]],
    [0.5, [250, 500, 1_000]],
    [0.999, [499.5, 999, 1_998]],
  ])('waits up to a bound that doubles, by chance (%d)', async (random, slept) => {
    const failure = failing('overloaded');
    expect(await tried(many(failure), { random })).toEqual({ attempts: 4, slept, outcome: failure });
  });

  it('waits at most twenty seconds of its own accord', async () => {
    const { slept } = await tried(many(failing('overloaded')), { maxAttempts: 10, random: 1 });
    expect(Math.max(...slept)).toBe(20_000);
  });

  it.each([
    [0, 0],
    [7_000, 7_000],
    [61_000, 61_000],
  ])('waits no shorter than the vendor asked for (%d ms), and little longer', async (retryAfterMs, least) => {
    const { slept, outcome } = await tried([failing('rate-limit', retryAfterMs)]);
    expect(outcome).toBe('answer');
    expect(slept).toEqual([least + 250]);
  });

  it('gives up at once when the vendor asks for more time than there is', async () => {
    const failure = failing('rate-limit', 3_600_000);
    expect(await tried([failure])).toEqual({ attempts: 1, slept: [], outcome: failure });
  });

  it('begins no attempt after the whole time', async () => {
    const { attempts, slept } = await tried(many(failing('rate-limit', 4_000)), { maxAttempts: 100, totalMs: 10_000 });
    expect(attempts).toBe(3);
    expect(slept.reduce((sum, waited) => sum + waited, 0)).toBeLessThan(10_000);
  });

  it('stops in the middle of a wait', async () => {
    const stop = new AbortController();
    setImmediate(() => stop.abort());
    const { outcome, attempts } = await tried(many(failing('rate-limit', 50_000)), { signal: stop.signal });
    expect(outcome).toMatchObject({ code: 'model/cancelled' });
    expect(attempts).toBe(1);
  });
});
