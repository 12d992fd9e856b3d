import { expect } from 'vitest';
import type { Law } from '../law.js';
import { question } from '../stage.js';
import { everyCharacter } from './texts.js';

const megabyte = 'one megabyte of 漢字 '.repeat(50_000);

export const answerLaws: readonly Law[] = [
  {
    sentence: 'come back whole, with the model that gave them',
    check: async (stage) => {
      const answer = await stage.answerTo({ kind: 'answer', text: 'Seven orders.\nAll of them from May.' });
      expect(answer).toMatchObject({
        text: 'Seven orders.\nAll of them from May.',
        toolCalls: [],
        finishReason: 'stop',
      });
      expect(answer.object).toBeUndefined();
      expect(answer.model).toMatch(/\S/);
    },
  },
  {
    sentence: 'keep every character',
    check: async (stage) => {
      expect((await stage.answerTo({ kind: 'answer', text: everyCharacter })).text).toBe(everyCharacter);
    },
  },
  {
    sentence: 'of a megabyte come back whole',
    check: async (stage) => {
      const { text } = await stage.answerTo({ kind: 'answer', text: megabyte });
      expect(text.length).toBe(megabyte.length);
      expect(text === megabyte).toBe(true);
    },
  },
  {
    sentence: 'may be empty',
    check: async (stage) => {
      expect(await stage.answerTo({ kind: 'answer', text: '' })).toMatchObject({ text: '', toolCalls: [] });
    },
  },
  {
    sentence: 'may take their time',
    check: async (stage) => {
      expect((await stage.answerTo({ kind: 'answer', text: 'at last', delayMs: 150 })).text).toBe('at last');
    },
  },
  {
    sentence: 'that were cut off at the token limit end with length',
    check: async (stage) => {
      const answer = await stage.answerTo({ kind: 'answer', text: 'Seven ord', finish: 'length' });
      expect(answer).toMatchObject({ text: 'Seven ord', finishReason: 'length' });
    },
  },
  {
    sentence: 'that were refused end with content_filter',
    needs: 'refusal',
    check: async (stage) => {
      const answer = await stage.answerTo({ kind: 'answer', text: 'I will not.', finish: 'refusal' });
      expect(answer.finishReason).toBe('content_filter');
    },
  },
  {
    sentence: 'are JSON-safe',
    check: async (stage) => {
      const toolCalls = [{ id: 'call_1', name: 'count_rows', arguments: { table: 'orders' } }];
      const answer = await stage.answerTo({ kind: 'answer', text: 'Let me see.', toolCalls, finish: 'tool_calls' });
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    },
  },
  {
    sentence: 'may be asked for many at once',
    check: async (stage) => {
      const texts = Array.from({ length: 8 }, (_, index) => `answer ${index}`);
      stage.play(...texts.map((text) => ({ kind: 'answer', text }) as const));
      const model = stage.model();
      const answers = await Promise.all(texts.map(() => model.generate(question)));
      expect(answers.map(({ text }) => text).sort()).toEqual(texts);
    },
  },
];
