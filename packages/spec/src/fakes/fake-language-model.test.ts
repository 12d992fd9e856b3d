import { expect, it } from 'vitest';
import { LanguageModelError } from '../errors.js';
import { FakeLanguageModel } from './fake-language-model.js';

const ask = (content: string) => ({ messages: [{ role: 'user', content }] as const });

it('gives its answers in turn, with everything that was left out filled in', async () => {
  const model = new FakeLanguageModel([{ text: 'one' }, { text: 'two', finishReason: 'length' }]);
  expect(await model.generate(ask('a'))).toMatchObject({
    text: 'one',
    finishReason: 'stop',
    usage: { inputTokens: 0 },
  });
  expect(await model.generate(ask('b'))).toMatchObject({ text: 'two', finishReason: 'length' });
});

it('throws an error of the script, and goes on after it', async () => {
  const model = new FakeLanguageModel([new LanguageModelError('overloaded', 'later'), { text: 'now' }]);
  await expect(model.generate(ask('a'))).rejects.toMatchObject({ code: 'model/overloaded' });
  expect((await model.generate(ask('a'))).text).toBe('now');
});

it('fails when it is asked more often than the script has answers', async () => {
  await expect(new FakeLanguageModel([]).generate(ask('a'))).rejects.toThrow('the script has no further answer');
});

it('remembers what it was asked, also when the answer was an error', async () => {
  const model = new FakeLanguageModel([new Error('broken'), {}]);
  await model.generate(ask('a')).catch(() => undefined);
  await model.generate({ ...ask('b'), temperature: 0 });
  expect(model.requests).toEqual([ask('a'), { ...ask('b'), temperature: 0 }]);
});
