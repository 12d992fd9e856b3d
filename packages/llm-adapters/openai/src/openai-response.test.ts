import type { ModelRequest } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { errorWithin, modelError } from './openai-errors.js';
import { responseOf } from './openai-response.js';

const request: ModelRequest = { messages: [{ role: 'user', content: 'Why?' }] };

const read = (message: object, finish = 'stop', asked = request) =>
  responseOf({ model: 'm', choices: [{ finish_reason: finish, message }] }, asked, 'asked-for');

describe('an answer', () => {
  it('without token counts counts nothing', () => {
    expect(read({ content: 'x' }).usage).toEqual({
      ...{ inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      ...{ outputTokens: 0, reasoningTokens: 0 },
    });
  });

  it('that names no model is one of the model that was asked', () => {
    expect(responseOf({ choices: [{ message: { content: 'x' } }] }, request, 'asked-for').model).toBe('asked-for');
  });

  it('in parts is put together, thinking left out', () => {
    const content = [
      { type: 'thinking', thinking: [] },
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];
    expect(read({ content }).text).toBe('ab');
  });

  it('that is refused by the filter or the model says so', () => {
    expect(read({ content: 'x' }, 'content_filter').finishReason).toBe('content_filter');
    expect(read({ content: null, refusal: 'I cannot.' })).toMatchObject({
      finishReason: 'content_filter',
      text: 'I cannot.',
    });
  });

  it('with a refusal that is valid JSON is no structured answer', () => {
    const asked = { ...request, responseSchema: { type: 'object' } };
    expect(read({ content: null, refusal: '{}' }, 'stop', asked).object).toBeUndefined();
  });

  it('gives tool calls ids where the server gave none, and keeps arguments that are no JSON', () => {
    const calls = ['{"a": 1}', '', '{"a": '].map((given) => ({ id: '', function: { name: 'f', arguments: given } }));
    expect(read({ content: null, tool_calls: calls }).toolCalls).toEqual([
      { id: 'call_1_1', name: 'f', arguments: { a: 1 } },
      { id: 'call_1_2', name: 'f', arguments: {} },
      { id: 'call_1_3', name: 'f', arguments: '{"a": ' },
    ]);
  });

  it('that ends with tool calls but says stop ends with tool calls', () => {
    const calls = [{ id: 'c', function: { name: 'f', arguments: '{}' } }];
    expect(read({ content: null, tool_calls: calls }, 'stop').finishReason).toBe('tool_calls');
    expect(read({ content: null, tool_calls: calls }, 'length').finishReason).toBe('length');
  });

  it('that holds an error with status 200 is that error', () => {
    const error = errorWithin({ error: { code: 429, message: 'Provider returned error' } });
    expect(modelError(error, { model: 'm', secrets: [] })).toMatchObject({ code: 'model/rate-limit' });
    expect(errorWithin({ error: null, choices: [] })).toBeUndefined();
  });
});
