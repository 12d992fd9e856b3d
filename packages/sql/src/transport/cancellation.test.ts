import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancellation } from './cancellation.js';

const never = () => new Promise<never>(() => {});

/** A query that ends with an error of its own when it is told to stop. */
const query = () => {
  let reject: (error: Error) => void = () => {};
  const ended = new Promise<never>((_, no) => {
    reject = no;
  });
  const seen = { stopped: 0 };
  const stop = async () => {
    seen.stopped += 1;
    reject(new Error('stopped by the user'));
  };
  return { ended, seen, stop };
};

describe('the end of a query', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is its answer where nothing ends it', async () => {
    const { stop, seen } = query();
    const cancellation = new Cancellation(stop, { signal: new AbortController().signal, timeoutMs: 100 });
    expect(await cancellation.of(Promise.resolve(7))).toBe(7);
    cancellation.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.stopped).toBe(0);
  });

  it('is told by the signal that ended it, and asked for once', async () => {
    const { ended, stop, seen } = query();
    const stopping = new AbortController();
    const cancellation = new Cancellation(stop, { signal: stopping.signal, timeoutMs: 100 });
    const outcome = expect(cancellation.of(ended)).rejects.toMatchObject({ code: 'warehouse/cancelled' });
    stopping.abort();
    await vi.advanceTimersByTimeAsync(200);
    await outcome;
    expect(seen.stopped).toBe(1);
  });

  it('is asked for at once where the signal came before', async () => {
    const { ended, stop } = query();
    const cancellation = new Cancellation(stop, { signal: AbortSignal.abort() });
    await expect(cancellation.of(ended)).rejects.toMatchObject({ code: 'warehouse/cancelled' });
  });

  it('is told by its time, which may be over earlier or later by this clock', async () => {
    const { ended, stop, seen } = query();
    const signal = new AbortController().signal;
    const cancellation = new Cancellation(stop, { signal, timeoutMs: 100, afterMs: 1_100 });
    const outcome = expect(cancellation.of(ended)).rejects.toMatchObject({
      code: 'warehouse/timeout',
      message: expect.stringContaining('100 ms'),
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.stopped).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    await outcome;
  });

  it('is waited for only so long', async () => {
    const cancellation = new Cancellation(async () => {}, { signal: AbortSignal.abort() });
    const outcome = expect(cancellation.of(never())).rejects.toMatchObject({ code: 'warehouse/cancelled' });
    await vi.advanceTimersByTimeAsync(5_000);
    await outcome;
  });

  it('does not depend on whether stopping works', async () => {
    const fail = () => Promise.reject(new Error('no connection'));
    const cancellation = new Cancellation(fail, { signal: AbortSignal.abort() });
    const outcome = expect(cancellation.of(never())).rejects.toMatchObject({ code: 'warehouse/cancelled' });
    await vi.advanceTimersByTimeAsync(5_000);
    await outcome;
  });
});
