import { inspect } from 'node:util';
import { expect } from 'vitest';
import { failureOf } from '../failure.js';
import type { Law } from '../law.js';
import type { ModelCredentials } from '../model-kit.js';
import { question, type Stage } from '../stage.js';

const credentialsOf = ({ kit }: Stage): ModelCredentials => {
  if (kit.credentials) return kit.credentials;
  throw new Error('the kit has no credentials: give them, or say in lacks.authentication why there are none');
};

export const credentialLaws: readonly Law[] = [
  {
    sentence: 'are accepted by the server',
    check: async (stage) => {
      await stage.answerTo({ kind: 'answer', text: 'ok' });
      expect(stage.seen.credentialProblem).toBeUndefined();
    },
  },
  {
    sentence: 'are in no error, nor in what an error was caused by',
    needs: 'authentication',
    check: async (stage) => {
      const { secret } = credentialsOf(stage);
      for (const status of [400, 401, 500]) {
        const error = await failureOf(stage.answerTo({ kind: 'error', status, echoesKey: true }));
        expect(`${error.display}\n${JSON.stringify(error)}\n${inspect(error, { depth: 12 })}`).not.toContain(secret);
      }
    },
  },
  {
    sentence: 'that are missing are missed at the first call, which says what to set',
    needs: 'authentication',
    check: async (stage) => {
      const { createWithout, names } = credentialsOf(stage);
      const error = await failureOf(createWithout(stage.server).generate(question));
      expect(error).toMatchObject({ code: 'model/authentication', retryable: false });
      for (const name of names) expect(error.display).toContain(name);
      expect(stage.server.requests).toHaveLength(0);
    },
  },
  {
    sentence: 'are not asked for, and nothing is sent, when a model is made',
    check: async (stage) => {
      const model = stage.model();
      expect(model).toMatchObject({ contract: 'language-model/v1', provider: expect.stringMatching(/\S/) });
      expect(model.model).toMatch(/\S/);
      expect(stage.server.requests).toHaveLength(0);
    },
  },
];
