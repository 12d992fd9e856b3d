import { expect } from 'vitest';
import type { Law } from '../law.js';
import { orderTools, verdictSchema } from './samples.js';

const verdict = { verdict: 'bad', rows: 7, causes: ['a "late" file', '漢字'] };

export const structuredLaws: readonly Law[] = [
  {
    sentence: 'are bound to the schema, and read',
    check: async (stage) => {
      const structured = JSON.stringify(verdict);
      const answer = await stage.answerTo({ kind: 'answer', structured }, { responseSchema: verdictSchema });
      expect(stage.seen.responseSchema).toEqual(verdictSchema);
      expect(answer).toMatchObject({ object: verdict, finishReason: 'stop', toolCalls: [] });
      expect(JSON.parse(answer.text)).toEqual(verdict);
    },
  },
  {
    sentence: 'that are malformed keep their text and are not read',
    needs: 'malformedAnswers',
    check: async (stage) => {
      const structured = 'Sure! {"verdict": "bad", "rows": ';
      const answer = await stage.answerTo({ kind: 'answer', structured }, { responseSchema: verdictSchema });
      expect(answer.object).toBeUndefined();
      expect(answer.text).toBe(structured);
    },
  },
  {
    sentence: 'that were cut off end with length and are not read',
    needs: 'malformedAnswers',
    check: async (stage) => {
      const structured = '{"verdict": "bad", "causes": ["a la';
      const answer = await stage.answerTo(
        { kind: 'answer', structured, finish: 'length' },
        { responseSchema: verdictSchema },
      );
      expect(answer).toMatchObject({ text: structured, finishReason: 'length' });
      expect(answer.object).toBeUndefined();
    },
  },
  {
    sentence: 'may turn out to be prose',
    check: async (stage) => {
      const answer = await stage.answerTo(
        { kind: 'answer', text: 'I would rather not say.' },
        { responseSchema: verdictSchema },
      );
      expect(answer.text).toBe('I would rather not say.');
      expect(answer.object).toBeUndefined();
    },
  },
  {
    sentence: 'stand beside tools: the model calls one, or answers',
    check: async (stage) => {
      const toolCalls = [{ id: 'call_1', name: 'count_rows', arguments: { table: 'orders' } }];
      const request = { tools: orderTools, responseSchema: verdictSchema };
      const calling = await stage.answerTo({ kind: 'answer', toolCalls, finish: 'tool_calls' }, request);
      expect(calling).toMatchObject({ finishReason: 'tool_calls', toolCalls: [{ name: 'count_rows' }] });
      expect(calling.object).toBeUndefined();
      const answering = await stage.answerTo({ kind: 'answer', structured: JSON.stringify(verdict) }, request);
      expect(answering).toMatchObject({ object: verdict, toolCalls: [], finishReason: 'stop' });
    },
  },
  {
    sentence: 'are asked for only with a schema',
    check: async (stage) => {
      const answer = await stage.answerTo({ kind: 'answer', text: JSON.stringify(verdict) });
      expect(stage.seen.responseSchema).toBeUndefined();
      expect(answer.object).toBeUndefined();
    },
  },
];
