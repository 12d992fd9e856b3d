import type { Anthropic } from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { isMessage, responseOf } from './anthropic-response.js';
import type { SchemaBinding } from './anthropic-schema.js';

const nothing: SchemaBinding = { by: 'nothing' };
const byTool: SchemaBinding = { by: 'tool', schema: {}, isForced: true };

/** As the API sends it, so far as the test is about it. */
const messageOf = (message: object): Anthropic.Message =>
  ({ content: [{ type: 'text', text: 'Seven.' }], stop_reason: 'end_turn', ...message }) as Anthropic.Message;

const call = (name: string, input: unknown) => ({ type: 'tool_use', id: 'toolu_1', name, input });

describe('responseOf', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content_filter'],
    ['pause_turn', 'other'],
    ['something_new', 'other'],
    [null, 'other'],
  ])('takes the stop reason %s for %s', (reason, finishReason) => {
    expect(responseOf(messageOf({ stop_reason: reason }), nothing).finishReason).toBe(finishReason);
  });

  it('tells a refusal without words in those of the vendor', () => {
    const details = { type: 'refusal', category: 'cyber', explanation: 'This could do harm.' };
    const message = messageOf({ content: [], stop_reason: 'refusal', stop_details: details });
    expect(responseOf(message, nothing).text).toBe('This could do harm.');
  });

  it('joins texts as they come', () => {
    const content = [
      { type: 'text', text: 'one ' },
      { type: 'thinking', thinking: 'x' },
      { type: 'text', text: 'two' },
    ];
    expect(responseOf(messageOf({ content }), nothing).text).toBe('one two');
  });

  it('counts nothing for a host that counts nothing', () => {
    expect(responseOf(messageOf({}), nothing)).toMatchObject({ usage: { inputTokens: 0, outputTokens: 0 }, model: '' });
  });

  it('takes the arguments of the answering tool for the answer, whatever was said before', () => {
    const content = [{ type: 'text', text: 'Here it is:' }, call('give_answer', { rows: 7 })];
    expect(responseOf(messageOf({ content, stop_reason: 'tool_use' }), byTool)).toMatchObject({
      text: '{"rows":7}',
      object: { rows: 7 },
      toolCalls: [],
      finishReason: 'stop',
    });
  });

  it('takes no arguments that were cut off', () => {
    const content = [call('give_answer', { rows: 7 })];
    const response = responseOf(messageOf({ content, stop_reason: 'max_tokens' }), byTool);
    expect(response).toMatchObject({ text: '{"rows":7}', finishReason: 'length' });
    expect(response.object).toBeUndefined();
  });

  it('takes a tool of the same name for what it is where no answer was bound', () => {
    const message = messageOf({ content: [call('give_answer', {})], stop_reason: 'tool_use' });
    expect(responseOf(message, nothing)).toMatchObject({
      toolCalls: [{ name: 'give_answer' }],
      finishReason: 'tool_calls',
    });
  });
});

it.each([undefined, null, '<html>', [], {}, { content: 'text' }])('takes %j for no message', (value) => {
  expect(isMessage(value)).toBe(false);
});
