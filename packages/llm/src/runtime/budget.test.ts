import { describe, expect, it } from 'vitest';
import { Budget, nothing } from './budget.js';

const dollars = (costUsd: number) => ({ ...nothing, costUsd });

const state = async (promise: Promise<unknown>): Promise<'waiting' | 'granted' | string> =>
  Promise.race([
    promise.then(
      () => 'granted',
      ({ code }) => String(code),
    ),
    new Promise<string>((resolve) => {
      setImmediate(() => resolve('waiting'));
    }),
  ]);

describe('Budget', () => {
  it('refuses what cannot fit, and says what is left of what', async () => {
    const budget = new Budget({ maxCostUsd: 0.1 });
    (await budget.reserve(dollars(0.08), undefined)).settle(dollars(0.06));
    await expect(budget.reserve(dollars(0.05), undefined)).rejects.toMatchObject({
      code: 'model/budget',
      message: 'the call was not made: of $0.1, $0.0600 is spent, and it could take more than is left',
    });
  });

  it.each([
    ['calls', { maxCalls: 1 }, { calls: 1, tokens: 0, costUsd: 0 }, 'of 1 calls, 1 are spent'],
    ['tokens', { maxTokens: 100 }, { calls: 1, tokens: 60, costUsd: 0 }, 'of 100 tokens, 60 are spent'],
  ])('limits %s', async (_, limits, amount, message) => {
    const budget = new Budget(limits);
    (await budget.reserve(amount, undefined)).settle(amount);
    await expect(budget.reserve(amount, undefined)).rejects.toThrow(message);
  });

  it('lets a call wait that fits only when others take less than their worst', async () => {
    const budget = new Budget({ maxCostUsd: 1 });
    const first = await budget.reserve(dollars(0.7), undefined);
    const second = budget.reserve(dollars(0.7), undefined);
    expect(await state(second)).toBe('waiting');
    first.settle(dollars(0.2));
    expect(await state(second)).toBe('granted');
  });

  it('refuses a waiting call once it cannot fit any more', async () => {
    const budget = new Budget({ maxCostUsd: 1 });
    const first = await budget.reserve(dollars(0.7), undefined);
    const second = budget.reserve(dollars(0.7), undefined);
    first.settle(dollars(0.5));
    expect(await state(second)).toBe('model/budget');
  });

  it('keeps the order of asking, so that small calls do not starve a large one', async () => {
    const budget = new Budget({ maxCostUsd: 1 });
    const first = await budget.reserve(dollars(0.5), undefined);
    const large = budget.reserve(dollars(0.9), undefined);
    const small = budget.reserve(dollars(0.05), undefined);
    expect(await state(small)).toBe('waiting');
    first.settle(nothing);
    expect([await state(large), await state(small)]).toEqual(['granted', 'granted']);
  });

  it('gives up a place in the line when the call is stopped', async () => {
    const budget = new Budget({ maxCalls: 2 });
    const one = { ...nothing, calls: 1 };
    const first = await budget.reserve({ ...nothing, calls: 2 }, undefined);
    const stop = new AbortController();
    const stopped = budget.reserve(one, stop.signal);
    const behind = budget.reserve(one, undefined);
    stop.abort();
    expect(await state(stopped)).toBe('model/cancelled');
    first.settle(one);
    expect(await state(behind)).toBe('granted');
  });

  it('counts a reservation once, however often it is settled', async () => {
    const budget = new Budget({ maxCalls: 2 });
    const one = { ...nothing, calls: 1 };
    const reservation = await budget.reserve(one, undefined);
    reservation.settle(one);
    reservation.settle(one);
    expect(await state(budget.reserve(one, undefined))).toBe('granted');
  });

  it('counts what was spent before', async () => {
    const budget = new Budget({ maxCostUsd: 1 });
    budget.begin(dollars(0.5));
    await expect(budget.reserve(dollars(0.6), undefined)).rejects.toMatchObject({ code: 'model/budget' });
  });
});
