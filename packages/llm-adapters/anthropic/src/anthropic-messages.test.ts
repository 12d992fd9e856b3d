import type { ModelMessage, ModelRequest } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { createParams } from './anthropic-messages.js';
import type { SchemaBinding } from './anthropic-schema.js';

const question: ModelMessage = { role: 'user', content: 'Why?' };
const tool = { name: 'count_rows', description: 'Counts.', parameters: { type: 'object', properties: {} } };
const ephemeral = { type: 'ephemeral' };

const paramsOf = (
  request: Partial<ModelRequest> = {},
  { model = 'claude-haiku-4-5', binding = { by: 'nothing' } as SchemaBinding } = {},
) => createParams({ messages: [question], ...request }, { model, binding, options: { maxOutputTokens: 4_096 } });

describe('createParams', () => {
  it('asks for as little as the request says', () => {
    expect(paramsOf()).toEqual({
      model: 'claude-haiku-4-5',
      max_tokens: 4_096,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Why?' }] }],
    });
  });

  it('marks the end of the system text and of the tools for the cache', () => {
    const { system, tools, messages } = paramsOf({ system: 'Be terse.', tools: [{ ...tool, name: 'first' }, tool] });
    expect(system).toEqual([{ type: 'text', text: 'Be terse.', cache_control: ephemeral }]);
    expect(tools).toMatchObject([{ name: 'first' }, { name: 'count_rows', cache_control: ephemeral }]);
    expect(tools?.[0]).not.toHaveProperty('cache_control');
    expect(JSON.stringify(messages)).not.toContain('cache_control');
  });

  it('marks the end of the conversation, too, once tools were used: it comes again in the next round', () => {
    const { messages } = paramsOf({
      tools: [tool],
      messages: [
        question,
        { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'count_rows', arguments: {} }] },
        { role: 'tool', toolCallId: '1', content: '7' },
      ],
    });
    expect(messages.at(-1)?.content).toEqual([
      { type: 'tool_result', tool_use_id: '1', content: '7', cache_control: ephemeral },
    ]);
  });

  it('puts turns of one role into one message, and results before what is asked next', () => {
    const calls = ['1', '2'].map((id) => ({ id, name: 'count_rows', arguments: { id } }));
    const { messages } = paramsOf({
      tools: [tool],
      messages: [
        question,
        { role: 'assistant', content: 'Let me see.', toolCalls: calls },
        { role: 'tool', toolCallId: '1', content: '7' },
        { role: 'tool', toolCallId: '2', content: 'no such table', isError: true },
        { role: 'user', content: 'Now answer.' },
      ],
    });
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toMatchObject([{ text: 'Let me see.' }, { id: '1' }, { id: '2', input: { id: '2' } }]);
    expect(messages[2]?.content).toMatchObject([
      { type: 'tool_result', tool_use_id: '1', content: '7' },
      { type: 'tool_result', tool_use_id: '2', content: 'no such table', is_error: true },
      { type: 'text', text: 'Now answer.' },
    ]);
  });

  it('leaves out text without letters, which the API refuses', () => {
    const { system, messages } = paramsOf({
      system: ' \n',
      messages: [question, { role: 'assistant', content: ' ' }, { role: 'user', content: 'Still there?' }],
    });
    expect(system).toBeUndefined();
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Why?' },
          { type: 'text', text: 'Still there?' },
        ],
      },
    ]);
  });

  it('makes an object of arguments that are none', () => {
    const { messages } = paramsOf({
      tools: [tool],
      messages: [
        question,
        { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'count_rows', arguments: '{"half' }] },
      ],
    });
    expect(messages[1]?.content).toMatchObject([{ input: { input: '{"half' } }]);
  });

  it('tells tools again that only the conversation knows, and lets them not be called', () => {
    const { tools, tool_choice: choice } = paramsOf({
      messages: [
        question,
        { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'gone', arguments: {} }] },
        { role: 'tool', toolCallId: '1', content: '7' },
      ],
    });
    expect(tools).toMatchObject([{ name: 'gone' }]);
    expect(choice).toEqual({ type: 'none' });
  });

  it.each(['claude-opus-4-7', 'claude-sonnet-5-5', 'claude-haiku-5-5'])(
    'gives no temperature to %s, which refuses it',
    (model) => {
      expect(paramsOf({ temperature: 0 }, { model })).not.toHaveProperty('temperature');
    },
  );

  it.each(['claude-haiku-4-5', 'claude-opus-4-6', 'claude-3-5-haiku-latest', 'glm-5'])(
    'gives %s a temperature',
    (model) => {
      expect(paramsOf({ temperature: 0 }, { model })).toHaveProperty('temperature', 0);
    },
  );
});

describe('an answer bound to a schema', () => {
  const schema = { type: 'object', properties: {}, additionalProperties: false };

  it('is asked for as an output format', () => {
    const params = paramsOf({}, { binding: { by: 'format', schema } });
    expect(params.output_config).toEqual({ format: { type: 'json_schema', schema } });
    expect(params).not.toHaveProperty('tools');
  });

  it('is asked for as the call of one tool', () => {
    const params = paramsOf({}, { binding: { by: 'tool', schema, isForced: true } });
    expect(params.tools).toMatchObject([{ name: 'give_answer', input_schema: schema }]);
    expect(params.tool_choice).toEqual({ type: 'tool', name: 'give_answer' });
  });

  it('may be preceded by calls of other tools', () => {
    const params = paramsOf({ tools: [tool] }, { binding: { by: 'tool', schema, isForced: true } });
    expect(params.tools).toMatchObject([{ name: 'count_rows' }, { name: 'give_answer' }]);
    expect(params.tool_choice).toEqual({ type: 'any' });
  });

  it('is asked for in words where a call cannot be forced', () => {
    const params = paramsOf({ system: 'Be terse.' }, { binding: { by: 'tool', schema, isForced: false } });
    expect(params.tool_choice).toBeUndefined();
    expect(params.system).toMatchObject([{ text: 'Be terse.\n\nGive your answer by calling the tool give_answer.' }]);
  });
});
