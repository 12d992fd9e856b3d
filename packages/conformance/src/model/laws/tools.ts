import type { ModelMessage, ToolCall } from '@aegis/spec';
import { expect } from 'vitest';
import type { Law } from '../law.js';
import type { SeenRequest } from '../model-kit.js';
import type { Stage } from '../stage.js';
import { orderTools } from './samples.js';
import { everyCharacter } from './texts.js';

const calls: readonly ToolCall[] = [
  { id: 'call_1', name: 'count_rows', arguments: { table: 'orders' } },
  { id: 'call_2', name: 'list_columns', arguments: { table: everyCharacter, kinds: ['text', '漢字'] } },
];

/** A conversation up to the results of two calls, the second of which failed. */
const conversation = (toolCalls: readonly ToolCall[], content = 'Let me look.'): readonly ModelMessage[] => [
  { role: 'user', content: 'What is wrong?' },
  { role: 'assistant', content, toolCalls },
  ...toolCalls.map(
    ({ id, name }, index): ModelMessage => ({
      role: 'tool',
      toolCallId: id,
      content: `result of ${name}`,
      ...(index === 1 && { isError: true }),
    }),
  ),
];

const called = async (stage: Stage, text = 'Let me look.') =>
  stage.answerTo({ kind: 'answer', text, toolCalls: calls, finish: 'tool_calls' }, { tools: orderTools });

const withoutIds = (toolCalls: readonly ToolCall[] | undefined) =>
  toolCalls?.map(({ name, arguments: given }) => ({ name, arguments: given }));

const toolTurns = ({ turns }: SeenRequest) => turns.filter(({ role }) => role === 'tool');

export const toolLaws: readonly Law[] = [
  {
    sentence: 'are told by name, description and parameters',
    check: async (stage) => {
      await stage.answerTo({ kind: 'answer', text: 'ok' }, { tools: orderTools });
      expect(stage.seen.tools).toEqual(orderTools);
    },
  },
  {
    sentence: 'may be called, several at once, with words beside',
    check: async (stage) => {
      const answer = await called(stage);
      expect(answer).toMatchObject({ text: 'Let me look.', finishReason: 'tool_calls' });
      expect(withoutIds(answer.toolCalls)).toEqual(withoutIds(calls));
      expect(new Set(answer.toolCalls.map(({ id }) => id)).size).toBe(calls.length);
    },
  },
  {
    sentence: 'are called under the ids of the vendor',
    needs: 'toolCallIds',
    check: async (stage) => {
      expect((await called(stage)).toolCalls).toEqual(calls);
    },
  },
  {
    sentence: 'get their results to the model, in order, beside the calls',
    check: async (stage) => {
      const { toolCalls } = await called(stage);
      await stage.answerTo({ kind: 'answer', text: 'done' }, { tools: orderTools, messages: conversation(toolCalls) });
      const { turns } = stage.seen;
      expect(turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
      expect(turns[1]?.text).toBe('Let me look.');
      expect(withoutIds(turns[1]?.toolCalls)).toEqual(withoutIds(calls));
      expect(toolTurns(stage.seen)[0]?.text).toBe('result of count_rows');
      expect(toolTurns(stage.seen)[1]?.text).toContain('result of list_columns');
    },
  },
  {
    sentence: 'get their results to the model under the ids of the calls',
    needs: 'toolCallIds',
    check: async (stage) => {
      await stage.answerTo({ kind: 'answer', text: 'done' }, { tools: orderTools, messages: conversation(calls) });
      expect(stage.seen.turns[1]?.toolCalls).toEqual(calls);
      expect(toolTurns(stage.seen).map(({ toolCallId }) => toolCallId)).toEqual(['call_1', 'call_2']);
    },
  },
  {
    sentence: 'that failed say so',
    needs: 'toolErrors',
    check: async (stage) => {
      await stage.answerTo({ kind: 'answer', text: 'done' }, { tools: orderTools, messages: conversation(calls) });
      expect(toolTurns(stage.seen).map(({ isError }) => isError ?? false)).toEqual([false, true]);
    },
  },
  {
    sentence: 'may be called without a word',
    check: async (stage) => {
      const { text, toolCalls } = await called(stage, '');
      expect(text).toBe('');
      await stage.answerTo(
        { kind: 'answer', text: 'done' },
        { tools: orderTools, messages: conversation(toolCalls, text) },
      );
      expect(withoutIds(stage.seen.turns[1]?.toolCalls)).toEqual(withoutIds(calls));
    },
  },
  {
    sentence: 'may be called without arguments, and have nothing to say',
    check: async (stage) => {
      const toolCalls = [{ id: 'call_1', name: 'count_rows', arguments: {} }];
      stage.play({ kind: 'answer', toolCalls, finish: 'tool_calls' }, { kind: 'answer', text: 'done' });
      const answer = await stage.ask({ tools: orderTools });
      expect(answer.toolCalls[0]?.arguments).toEqual({});
      const [asked, words] = conversation(answer.toolCalls, answer.text);
      const silent: ModelMessage = { role: 'tool', toolCallId: answer.toolCalls[0]?.id ?? '', content: '' };
      const messages = [asked, words, silent].filter((message) => message !== undefined);
      await expect(stage.ask({ tools: orderTools, messages })).resolves.toMatchObject({ text: 'done' });
      expect(toolTurns(stage.seen)).toHaveLength(1);
    },
  },
  {
    sentence: 'may be taken away later in the conversation',
    check: async (stage) => {
      const answer = await stage.answerTo({ kind: 'answer', text: 'done' }, { messages: conversation(calls) });
      expect(answer.text).toBe('done');
      expect(toolTurns(stage.seen)).toHaveLength(2);
    },
  },
];
