import { type LanguageModel, LanguageModelError, type ModelRequest } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { modelOf, usageOf } from './__fixtures__/scripted-model.js';
import { callOf, KeptSession } from './__fixtures__/session.js';
import { VirtualTiming } from './__fixtures__/virtual-timing.js';
import { createRuntime } from './create-runtime.js';

const request: ModelRequest = { system: 'You explain.', messages: [{ role: 'user', content: 'Why?' }] };

const answerOf = (text: string) => ({
  ...{ text, model: 'claude-haiku-4-5-20251001' },
  usage: usageOf({ inputTokens: 1_000, cacheReadTokens: 8_000, cacheWriteTokens: 4_000, outputTokens: 200 }),
});

/** 1,000 at $1, 8,000 at $0.10, 4,000 at $1.25, 200 at $5 the million. */
const answerCost = 0.001 + 0.0008 + 0.005 + 0.001;

const ask = async (
  model: LanguageModel,
  options: Parameters<typeof createRuntime>[1] = {},
  session = new KeptSession(),
) => {
  const timing = new VirtualTiming();
  const runtime = createRuntime(model, { timing, ...options });
  const outcome = await runtime.generate(request, callOf(session)).catch((error: unknown) => error);
  return { runtime, session, outcome, timing };
};

describe('ModelRuntime.generate', () => {
  it('writes down what was sent and received, with tokens, cost and time', async () => {
    const timing = new VirtualTiming();
    const model = modelOf(async () => {
      await timing.sleep(420);
      return answerOf('Because.');
    });
    const { session, outcome } = await ask(model, { timing });
    expect(outcome).toMatchObject({ text: 'Because.' });
    expect(session.calls).toHaveLength(1);
    expect(session.calls[0]?.decision).toEqual({
      ...{ node: 'diagnose_narrate', ruleId: 'orders_id', promptVersion: 'diagnose/1' },
      prompt: '[{"role":"system","content":"You explain."},{"role":"user","content":"Why?"}]',
      ...{ response: 'Because.', model: 'claude-haiku-4-5-20251001' },
      ...{ inputTokens: 13_000, outputTokens: 200, costUsd: expect.closeTo(answerCost, 10), latencyMs: 420 },
    });
  });

  it('gives its answer only when it is written down', async () => {
    const session = new KeptSession();
    let isWritten = false;
    session.record = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isWritten = true;
    };
    await ask(
      modelOf(() => answerOf('Because.')),
      {},
      session,
    );
    expect(isWritten).toBe(true);
  });

  it('adds up what calls came to, beside what was spent before', async () => {
    const { runtime } = await ask(modelOf(() => answerOf('Because.')));
    runtime.begin({ calls: 2, inputTokens: 10, outputTokens: 5, costUsd: 0.5 });
    const { costUsd, ...counts } = runtime.spent();
    expect(counts).toEqual({ calls: 3, inputTokens: 13_010, outputTokens: 205 });
    expect(costUsd).toBeCloseTo(answerCost + 0.5, 10);
  });

  it('knows no cost where it knows no price, and takes the price of the model that answered', async () => {
    const name = { provider: 'openai', model: 'our-deployment' };
    const unknown = await ask(modelOf(() => ({ ...answerOf('x'), model: 'our-deployment' }), name));
    expect(unknown.session.calls[0]?.decision.costUsd).toBeNull();
    expect(unknown.runtime.spent().costUsd).toBeNull();
    const usage = usageOf({ inputTokens: 1_000_000 });
    const known = await ask(modelOf(() => ({ text: 'x', usage, model: 'gpt-4o-mini' }), name));
    expect(known.session.calls[0]?.decision.costUsd).toBeCloseTo(0.15, 10);
  });

  it('counts nothing for a model on one’s own machine', async () => {
    const { runtime } = await ask(modelOf(() => answerOf('x'), { provider: 'ollama', model: 'llama3.2' }));
    expect(runtime.spent().costUsd).toBe(0);
  });

  it('bounds the output of requests that do not', async () => {
    const model = modelOf(() => answerOf('x'));
    const { runtime } = await ask(model);
    await runtime.generate({ ...request, maxOutputTokens: 10 }, callOf(new KeptSession()));
    expect(model.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([4_096, 10]);
  });
});

describe('ModelRuntime.generate, after failures', () => {
  const overloaded = new LanguageModelError('overloaded', 'no capacity');

  it('tries again, and writes one call down', async () => {
    const model = modelOf((_, number) => {
      if (number < 3) throw overloaded;
      return answerOf('Because.');
    });
    const { session, outcome, runtime } = await ask(model);
    expect(outcome).toMatchObject({ text: 'Because.' });
    expect(session.calls).toHaveLength(1);
    expect(runtime.spent().calls).toBe(1);
  });

  it('counts a call once, though an attempt at it may have been billed', async () => {
    const model = modelOf((_, number) => {
      if (number === 1) throw new LanguageModelError('connection', 'lost');
      return answerOf('Because.');
    });
    const { outcome } = await ask(model, { maxCalls: 1 });
    expect(outcome).toMatchObject({ text: 'Because.' });
  });

  it('writes down what went wrong, and keeps no answer for it', async () => {
    const { session, outcome, runtime } = await ask(
      modelOf(() => {
        throw overloaded;
      }),
    );
    expect(outcome).toBe(overloaded);
    expect(session.calls[0]).not.toHaveProperty('answer');
    expect(session.calls[0]?.decision).toMatchObject({
      ...{ response: 'model/overloaded: no capacity (4 attempts)', model: 'claude-haiku-4-5' },
      ...{ inputTokens: 0, outputTokens: 0, costUsd: 0 },
    });
    expect(runtime.spent()).toEqual({ calls: 1, inputTokens: 0, outputTokens: 0, costUsd: 0 });
  });

  it('gives up on an attempt after its time, and lets the model know', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const model = modelOf(({ signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    const { outcome, timing } = await ask(model, { timeoutMs: 10_000, maxAttempts: 2 });
    expect(outcome).toMatchObject({
      code: 'model/timeout',
      message: 'anthropic/claude-haiku-4-5 did not answer within 10000 ms',
    });
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
    expect(timing.elapsed).toBe(20_250);
  });

  it('ends a call after its whole time, attempts cut short', async () => {
    const { outcome, timing } = await ask(
      modelOf(() => new Promise(() => undefined)),
      {
        ...{ timeoutMs: 60_000, totalTimeoutMs: 100_000, maxAttempts: 10 },
      },
    );
    expect(outcome).toMatchObject({ code: 'model/timeout' });
    expect(timing.elapsed).toBe(100_000);
  });

  it('asks every call to wait as long as the vendor asked one', async () => {
    const timing = new VirtualTiming(() => 0);
    const starts: number[] = [];
    const model = modelOf(async (_, number) => {
      starts.push(timing.elapsed);
      if (number === 1) throw new LanguageModelError('rate-limit', 'slow down', { retryAfterMs: 9_000 });
      return answerOf('x');
    });
    const runtime = createRuntime(model, { timing, concurrency: 1 });
    const ask = (content: string) =>
      runtime.generate({ messages: [{ role: 'user', content }] }, callOf(new KeptSession()));
    await Promise.all([ask('a'), ask('b')]);
    expect(starts).toEqual([0, 9_000, 9_000]);
  });

  it('says what an adapter threw that is no error of ours', async () => {
    const cause = new TypeError('fetch failed');
    const { outcome } = await ask(
      modelOf(() => {
        throw cause;
      }),
    );
    expect(outcome).toMatchObject({
      ...{ code: 'model/unknown', message: 'anthropic/claude-haiku-4-5 failed: fetch failed', cause },
    });
  });
});

describe('ModelRuntime.generate, of a run that was continued', () => {
  it('finds an answer again, and neither calls nor writes nor spends', async () => {
    const toolCalls = [{ id: 't1', name: 'find', arguments: { x: [1, null] } }];
    const first = await ask(modelOf(() => ({ ...answerOf('x'), toolCalls, object: { a: 1 }, providerState: ['s'] })));
    const model = modelOf(() => answerOf('other'));
    const { session, outcome, runtime } = await ask(model, {}, new KeptSession({ answers: first.session.calls }));
    expect(outcome).toEqual(first.outcome);
    expect(model.requests).toEqual([]);
    expect(session.calls).toEqual([]);
    expect(runtime.spent().calls).toBe(0);
  });

  it.each([null, 'text', { text: 'x' }, { text: 'x', toolCalls: 'none' }])(
    'asks again where %j was kept',
    async (answer) => {
      const session = new KeptSession();
      session.recall = async () => answer;
      const { outcome } = await ask(
        modelOf(() => answerOf('new')),
        {},
        session,
      );
      expect(outcome).toMatchObject({ text: 'new' });
    },
  );

  it('asks again where the call had failed', async () => {
    const first = await ask(
      modelOf(() => {
        throw new LanguageModelError('quota', 'no credit');
      }),
    );
    const { outcome } = await ask(
      modelOf(() => answerOf('new')),
      {},
      new KeptSession({ answers: first.session.calls }),
    );
    expect(outcome).toMatchObject({ text: 'new' });
  });
});

describe('ModelRuntime, stopped', () => {
  it('makes no call once the run was stopped', async () => {
    const model = modelOf(() => answerOf('x'));
    const { outcome, session } = await ask(model, {}, new KeptSession({ signal: AbortSignal.abort() }));
    expect(outcome).toMatchObject({ code: 'model/cancelled' });
    expect(model.requests).toEqual([]);
    expect(session.calls).toEqual([]);
  });

  it('ends a call at once, though the model goes on, and writes it down', async () => {
    const stop = new AbortController();
    const model = modelOf(() => {
      setImmediate(() => stop.abort());
      return new Promise(() => undefined);
    });
    const { outcome, session } = await ask(model, {}, new KeptSession({ signal: stop.signal }));
    expect(outcome).toMatchObject({ code: 'model/cancelled' });
    expect(session.calls[0]?.decision.response).toBe('model/cancelled: the model call was stopped');
  });

  it('ends calls that wait for their turn or for room in the budget', async () => {
    const stop = new AbortController();
    const session = new KeptSession({ signal: stop.signal });
    const runtime = createRuntime(
      modelOf(() => new Promise(() => undefined)),
      { timing: new VirtualTiming(), concurrency: 1, maxCalls: 2, timeoutMs: 1e9, totalTimeoutMs: 1e9 },
    );
    const calls = ['a', 'b', 'c'].map((content) =>
      runtime.generate({ messages: [{ role: 'user', content }] }, callOf(session)).catch(({ code }) => code),
    );
    setImmediate(() => stop.abort());
    expect(await Promise.all(calls)).toEqual(['model/cancelled', 'model/cancelled', 'model/cancelled']);
    expect(session.calls).toHaveLength(1);
  });

  it('follows the signal of a request too', async () => {
    const { runtime } = await ask(modelOf(() => answerOf('x')));
    const stopped = runtime.generate({ ...request, signal: AbortSignal.abort() }, callOf(new KeptSession()));
    await expect(stopped).rejects.toMatchObject({ code: 'model/cancelled' });
  });
});

describe('createRuntime', () => {
  it('refuses a limit in dollars on a model without a known price', () => {
    const model = modelOf(() => answerOf('x'), { provider: 'openai', model: 'our-deployment' });
    expect(() => createRuntime(model, { maxCostUsd: 1 })).toThrow(
      expect.objectContaining({
        code: 'config/usage',
        message: 'the price of openai/our-deployment is not known, so no limit in dollars can be kept',
      }),
    );
    expect(() => createRuntime(model, { maxTokens: 1 })).not.toThrow();
  });

  it('refuses it too where what was spent before is not known', () => {
    const runtime = createRuntime(
      modelOf(() => answerOf('x')),
      { maxCostUsd: 1 },
    );
    expect(() => runtime.begin({ calls: 1, inputTokens: 1, outputTokens: 1, costUsd: null })).toThrow(
      expect.objectContaining({ code: 'config/usage' }),
    );
  });

  it.each([
    [{ concurrency: 0 }, 'concurrency is 0'],
    [{ maxAttempts: 1.5 }, 'maxAttempts is 1.5'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs is NaN'],
    [{ maxCostUsd: -1 }, 'maxCostUsd is -1'],
  ])('refuses %j', (options, message) => {
    expect(() =>
      createRuntime(
        modelOf(() => answerOf('x')),
        options,
      ),
    ).toThrow(expect.objectContaining({ code: 'config/invalid', message }));
  });

  it('makes no call on a budget of nothing, and writes none down', async () => {
    const model = modelOf(() => answerOf('x'));
    const { outcome, session, runtime } = await ask(model, { maxCostUsd: 0 });
    expect(outcome).toMatchObject({ code: 'model/budget' });
    expect(model.requests).toEqual([]);
    expect(session.calls).toEqual([]);
    expect(runtime.spent().calls).toBe(0);
  });
});
