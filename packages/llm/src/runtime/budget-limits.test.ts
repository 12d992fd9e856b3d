import { LanguageModelError, type ModelUsage } from '@aegis/spec';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priceOf } from '../prices/model-price.js';
import { modelOf, usageOf } from './__fixtures__/scripted-model.js';
import { callOf, KeptSession } from './__fixtures__/session.js';
import { VirtualTiming } from './__fixtures__/virtual-timing.js';
import type { BudgetLimits } from './budget.js';
import { createRuntime } from './create-runtime.js';

const price = priceOf('anthropic', 'claude-haiku-4-5');

/** Mostly all that a call can use: what a limit has to withstand. */
const share = fc.constantFrom(0.2, 1, 1, 1);

/** Refused calls cost nothing; those that break off are billed, and nobody tells us. */
const attempt = fc.record({
  end: fc.constantFrom('answer', 'answer', 'rate-limit', 'overloaded', 'timeout', 'connection', 'invalid-request'),
  takesMs: fc.integer({ min: 0, max: 5_000 }),
  inputShare: share,
  outputShare: share,
  cached: fc.constantFrom('inputTokens', 'cacheReadTokens', 'cacheWriteTokens'),
});

type Attempt = typeof attempt extends fc.Arbitrary<infer Value> ? Value : never;

const maxCostUsd = fc.integer({ min: 0, max: 20_000 }).map((microdollars) => microdollars / 1e6);
const maxTokens = fc.integer({ min: 0, max: 30_000 });
const maxCalls = fc.integer({ min: 0, max: 20 });

const limits: fc.Arbitrary<BudgetLimits> = fc.oneof(
  fc.record({ maxCostUsd }),
  fc.record({ maxTokens }),
  fc.record({ maxCalls }),
  fc.record({ maxCostUsd, maxTokens, maxCalls }),
);

const scenario = fc.noBias(
  fc.record({
    attempts: fc.array(attempt, { minLength: 1, maxLength: 40 }),
    calls: fc.integer({ min: 5, max: 20 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    limits,
    letter: fc.constantFrom('a', 'é', '漢', '😀'),
    length: fc.integer({ min: 1, max: 1_500 }),
    maxOutputTokens: fc.integer({ min: 1, max: 800 }),
  }),
);

/** What the vendor bills, whether we hear of it or not: a token for each byte at the most. */
class Vendor {
  readonly timing = new VirtualTiming();
  readonly asked = new Set<string>();
  tokens = 0;
  costUsd = 0;
  readonly model = modelOf(async ({ messages, maxOutputTokens = 0 }, number) => {
    const content = messages[0]?.content ?? '';
    const next = this.#attempts[number % this.#attempts.length];
    if (next === undefined) throw new Error('no attempts');
    this.asked.add(content);
    await this.timing.sleep(next.takesMs);
    if (['rate-limit', 'overloaded', 'invalid-request'].includes(next.end)) throw failure(next);
    const usage = this.#bill(
      usageOf({
        [next.cached]: Math.floor(next.inputShare * Buffer.byteLength(content)),
        outputTokens: Math.floor(next.outputShare * maxOutputTokens),
      }),
    );
    if (next.end !== 'answer') throw failure(next);
    return { text: 'x', usage };
  });
  readonly #attempts: readonly Attempt[];

  constructor(attempts: readonly Attempt[]) {
    this.#attempts = attempts;
  }

  #bill(usage: ModelUsage): ModelUsage {
    this.tokens += usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens;
    this.costUsd += price?.costUsd(usage, this.timing.now()) ?? 0;
    return usage;
  }
}

const failure = ({ end }: Attempt) => new LanguageModelError(end === 'answer' ? 'unknown' : end, end);

it('never lets parallel calls overrun a budget, even where the vendor bills what broke off', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (tried) => {
      const vendor = new Vendor(tried.attempts);
      const { timing, model } = vendor;
      const runtime = createRuntime(model, { timing, concurrency: tried.concurrency, ...tried.limits });
      const content = tried.letter.repeat(tried.length);
      const calls = Array.from({ length: tried.calls }, (_, at) =>
        runtime.generate(
          { messages: [{ role: 'user', content: `${content}${at}` }], maxOutputTokens: tried.maxOutputTokens },
          callOf(new KeptSession()),
        ),
      );
      await Promise.allSettled(calls);
      const { maxCostUsd: dollars = 1e9, maxTokens: tokens = 1e9, maxCalls: most = 1e9 } = tried.limits;
      expect(vendor.costUsd).toBeLessThanOrEqual(dollars + 1e-12);
      expect(vendor.tokens).toBeLessThanOrEqual(tokens);
      expect(vendor.asked.size).toBeLessThanOrEqual(most);
      expect(runtime.spent().calls).toBe(vendor.asked.size);
      expect(runtime.spent().costUsd).toBeLessThanOrEqual(vendor.costUsd + 1e-12);
    }),
    { numRuns: 400 },
  );
});

it('makes as many calls as fit when they take less than their worst', async () => {
  const timing = new VirtualTiming();
  const model = modelOf(async () => {
    await timing.sleep(100);
    return { text: 'x', usage: usageOf({ inputTokens: 10, outputTokens: 10 }) };
  });
  const runtime = createRuntime(model, { timing, concurrency: 50, maxTokens: 2_000 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, at) =>
      runtime.generate(
        { messages: [{ role: 'user', content: String(at) }], maxOutputTokens: 500 },
        callOf(new KeptSession()),
      ),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
});
