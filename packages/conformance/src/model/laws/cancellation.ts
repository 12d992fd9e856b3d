import { getEventListeners } from 'node:events';
import { expect, vi } from 'vitest';
import { failureOf } from '../failure.js';
import type { Law } from '../law.js';
import { question, type Stage } from '../stage.js';

const cancelled = async (stage: Stage, afterHalf: boolean): Promise<void> => {
  stage.play({ kind: 'hang', afterHalf });
  const controller = new AbortController();
  const failure = failureOf(stage.ask({ signal: controller.signal }));
  await vi.waitUntil(() => stage.server.requests.length > 0, { timeout: 5_000, interval: 5 });
  if (afterHalf) await new Promise((resolve) => setTimeout(resolve, 50));
  controller.abort();
  expect(await failure).toMatchObject({ code: 'model/cancelled', retryable: false });
  await vi.waitUntil(() => stage.seen.wasAborted(), { timeout: 1_000, interval: 5 });
};

export const cancellationLaws: readonly Law[] = [
  {
    sentence: 'before the answer closes the connection, with the reason cancelled',
    check: (stage) => cancelled(stage, false),
  },
  {
    sentence: 'in the middle of the answer closes the connection, with the reason cancelled',
    check: (stage) => cancelled(stage, true),
  },
  {
    sentence: 'before it began is not sent',
    check: async (stage) => {
      const failure = await failureOf(stage.ask({ signal: AbortSignal.abort() }));
      expect(failure.code).toBe('model/cancelled');
      expect(stage.server.requests).toHaveLength(0);
    },
  },
  {
    sentence: 'stops alone',
    check: async (stage) => {
      stage.play({ kind: 'hang' }, { kind: 'answer', text: 'still here', delayMs: 100 });
      const controller = new AbortController();
      const model = stage.model();
      const stopped = failureOf(model.generate({ ...question, signal: controller.signal }));
      await vi.waitUntil(() => stage.server.requests.length > 0, { timeout: 5_000, interval: 5 });
      const other = model.generate(question);
      await vi.waitUntil(() => stage.server.requests.length > 1, { timeout: 5_000, interval: 5 });
      controller.abort();
      expect((await stopped).code).toBe('model/cancelled');
      expect((await other).text).toBe('still here');
    },
  },
  {
    sentence: 'or not leaves nothing on the signal, which lives as long as the run',
    check: async (stage) => {
      const { signal } = new AbortController();
      stage.play({ kind: 'answer', text: 'ok' }, { kind: 'error', status: 500 });
      await stage.ask({ signal });
      await failureOf(stage.ask({ signal }));
      await vi.waitUntil(() => getEventListeners(signal, 'abort').length === 0, { timeout: 500, interval: 5 });
    },
  },
];
