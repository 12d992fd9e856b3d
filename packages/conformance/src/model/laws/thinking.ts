import type { ModelMessage } from '@aegis/spec';
import { expect } from 'vitest';
import type { Law } from '../law.js';
import { orderTools } from './samples.js';

const toolCalls = [{ id: 'call_1', name: 'count_rows', arguments: { table: 'orders' } }];

export const thinkingLaws: readonly Law[] = [
  {
    sentence: 'is no part of the text',
    needs: 'thinking',
    check: async (stage) => {
      const answer = await stage.answerTo({ kind: 'answer', text: 'Seven.', thinking: 'Three and four make seven.' });
      expect(answer.text).toBe('Seven.');
    },
  },
  {
    sentence: 'is handed back unchanged with the results of tools, also after it was stored',
    needs: 'thinking',
    check: async (stage) => {
      const thinking = 'First I count 漢字.\nThen I compare.';
      stage.play({ kind: 'answer', thinking, toolCalls, finish: 'tool_calls' }, { kind: 'answer', text: 'done' });
      const { text, toolCalls: made, providerState } = await stage.ask({ tools: orderTools });
      expect(providerState).toBeDefined();
      const messages: readonly ModelMessage[] = [
        { role: 'user', content: 'What is wrong?' },
        { role: 'assistant', content: text, toolCalls: made, providerState: JSON.parse(JSON.stringify(providerState)) },
        { role: 'tool', toolCallId: made[0]?.id ?? '', content: '7' },
      ];
      await expect(stage.ask({ tools: orderTools, messages })).resolves.toMatchObject({ text: 'done' });
      expect(textsIn(stage.seen.providerState)).toContain(thinking);
    },
  },
];

/** Every text in a value, however deep. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
