import { expect, vi } from 'vitest';
import { failureOf } from '../failure.js';
import type { Law } from '../law.js';
import { question, type Stage } from '../stage.js';

const timedOut = async (stage: Stage, afterHalf: boolean): Promise<void> => {
  stage.play({ kind: 'hang', afterHalf });
  const error = await failureOf(stage.model({ timeoutMs: 200 }).generate(question));
  expect(error).toMatchObject({ code: 'model/timeout', retryable: true, hint: expect.stringMatching(/\S/) });
  await vi.waitUntil(() => stage.server.requests.at(-1)?.wasAborted(), { timeout: 1_000, interval: 5 });
};

export const connectionLaws: readonly Law[] = [
  {
    sentence: 'that cannot be made has the reason connection and says what to do',
    check: async (stage) => {
      const model = stage.model();
      await stage.server.close();
      expect(await failureOf(model.generate(question))).toMatchObject({
        code: 'model/connection',
        retryable: true,
        hint: expect.stringMatching(/\S/),
      });
    },
  },
  {
    sentence: 'that breaks in the middle of an answer has the reason connection',
    check: async (stage) => {
      const error = await failureOf(stage.answerTo({ kind: 'drop' }));
      expect(error).toMatchObject({ code: 'model/connection', retryable: true });
      expect(stage.server.requests).toHaveLength(1);
    },
  },
  {
    sentence: 'that brings no answer in time is closed, with the reason timeout',
    check: (stage) => timedOut(stage, false),
  },
  {
    sentence: 'that brings half an answer in time is closed, with the reason timeout',
    check: (stage) => timedOut(stage, true),
  },
  {
    sentence: 'that failed leaves the model usable',
    check: async (stage) => {
      stage.play({ kind: 'drop' }, { kind: 'error', status: 500 }, { kind: 'answer', text: 'here again' });
      const model = stage.model();
      await failureOf(model.generate(question));
      await failureOf(model.generate(question));
      expect((await model.generate(question)).text).toBe('here again');
    },
  },
];
