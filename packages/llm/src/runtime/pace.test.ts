import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { VirtualTiming } from './__fixtures__/virtual-timing.js';
import { Pace, type PaceOptions } from './pace.js';

const paceOf = (options: Partial<PaceOptions> = {}) => {
  const timing = new VirtualTiming();
  const pace = new Pace({
    ...{ concurrency: 100, requestsPerMinute: undefined, tokensPerMinute: undefined, timing },
    ...options,
  });
  return { pace, timing };
};

/** When each of the calls began, in seconds. */
const starts = async (
  { pace, timing }: ReturnType<typeof paceOf>,
  calls: readonly { readonly estimated: number; readonly used?: number; readonly takesMs?: number }[],
) =>
  Promise.all(
    calls.map(({ estimated, used = estimated, takesMs = 0 }) =>
      pace.run(estimated, undefined, async (usedUp) => {
        const start = timing.elapsed / 1_000;
        if (takesMs > 0) await timing.sleep(takesMs);
        usedUp(used);
        return start;
      }),
    ),
  );

const times = <Value>(count: number, value: Value): readonly Value[] => Array.from({ length: count }, () => value);

describe('Pace', () => {
  it('lets so many calls run at the same time', async () => {
    const paced = paceOf({ concurrency: 2 });
    expect(await starts(paced, times(5, { estimated: 1, takesMs: 1_000 }))).toEqual([0, 0, 1, 1, 2]);
  });

  it('lets so many calls begin within any minute', async () => {
    const paced = paceOf({ requestsPerMinute: 2 });
    expect(await starts(paced, times(5, { estimated: 1 }))).toEqual([0, 0, 60, 60, 120]);
  });

  it('counts a minute from each call, not from the first', async () => {
    const paced = paceOf({ requestsPerMinute: 2, concurrency: 1 });
    expect(await starts(paced, times(4, { estimated: 1, takesMs: 25_000 }))).toEqual([0, 25, 60, 85]);
  });

  it('lets so many tokens through within any minute, as estimated', async () => {
    const paced = paceOf({ tokensPerMinute: 100 });
    expect(await starts(paced, times(4, { estimated: 50 }))).toEqual([0, 0, 60, 60]);
  });

  it('corrects an estimate when the call has ended', async () => {
    const paced = paceOf({ tokensPerMinute: 100, concurrency: 1 });
    expect(await starts(paced, times(4, { estimated: 60, used: 10, takesMs: 1_000 }))).toEqual([0, 1, 2, 3]);
  });

  it('lets a call that is larger than a minute through alone', async () => {
    const paced = paceOf({ tokensPerMinute: 100 });
    expect(await starts(paced, [{ estimated: 10 }, { estimated: 500 }, { estimated: 10 }])).toEqual([0, 60, 120]);
  });

  it('holds everything back until the vendor opens again', async () => {
    const paced = paceOf();
    paced.pace.closeUntil(paced.timing.now() + 7_000);
    expect(await starts(paced, times(2, { estimated: 1 }))).toEqual([7, 7]);
  });

  it('lets a stopped call go at once, and those behind it take its place', async () => {
    const { pace, timing } = paceOf({ concurrency: 1 });
    const stop = new AbortController();
    const done: string[] = [];
    const first = pace.run(1, undefined, async () => {
      await timing.sleep(10_000);
      done.push('first');
    });
    const second = pace.run(1, stop.signal, async () => done.push('second')).catch(({ code }) => done.push(code));
    const third = pace.run(1, undefined, async () => done.push('third'));
    stop.abort();
    await second;
    expect(done).toEqual(['model/cancelled']);
    await Promise.all([first, third]);
    expect(done).toEqual(['model/cancelled', 'first', 'third']);
  });

  it('stops a call that waits for its minute', async () => {
    const { pace, timing } = paceOf({ requestsPerMinute: 1 });
    const stop = new AbortController();
    await pace.run(1, undefined, async () => undefined);
    const waiting = pace.run(1, stop.signal, async () => 'ran');
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'model/cancelled' });
    await soon();
    expect(timing.elapsed).toBeLessThan(60_000);
    expect(await starts({ pace, timing }, [{ estimated: 1 }])).toEqual([60]);
  });
});
