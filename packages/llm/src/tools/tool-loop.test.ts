import type { JsonObject, JsonValue, ModelMessage, ModelRequest, ModelResponse } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { modelOf } from '../runtime/__fixtures__/scripted-model.js';
import { callOf, KeptSession } from '../runtime/__fixtures__/session.js';
import { VirtualTiming } from '../runtime/__fixtures__/virtual-timing.js';
import { createRuntime } from '../runtime/create-runtime.js';
import type { RuntimeTool } from '../runtime/model-runtime.js';

const request: ModelRequest = { system: 's', messages: [{ role: 'user', content: 'Where from?' }] };

const toolOf = (name: string, run: RuntimeTool['run'], properties: JsonObject = {}): RuntimeTool => ({
  ...{ name, description: `Does ${name}.`, run },
  parameters: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
});

const upstream = toolOf('upstream', async (input) => ({ content: `${JSON.stringify(input)} comes from raw` }), {
  table: { type: 'string' },
});

const calling = (...calls: readonly (readonly [id: string, name: string, given: JsonValue])[]) => ({
  toolCalls: calls.map(([id, name, given]) => ({ id, name, arguments: given })),
  finishReason: 'tool_calls' as const,
});

const run = async (
  answers: readonly Partial<ModelResponse>[],
  { tools = [upstream], maxIterations = 5, session = new KeptSession() } = {},
) => {
  const model = modelOf((_, number) => answers[number - 1] ?? { text: 'done' });
  const runtime = createRuntime(model, { timing: new VirtualTiming() });
  const toolRun = await runtime.useTools(request, tools, callOf(session), { maxIterations });
  return { ...toolRun, requests: model.requests, session };
};

const toolMessages = (messages: readonly ModelMessage[]) => messages.filter(({ role }) => role === 'tool');

describe('ModelRuntime.useTools', () => {
  it('answers the calls of the model until it answers without', async () => {
    const { stop, response, messages, requests } = await run([
      { ...calling(['t1', 'upstream', { table: 'orders' }]), text: 'Let me look.', providerState: { thought: 1 } },
      { text: 'From raw.' },
    ]);
    expect([stop, response.text]).toEqual(['answered', 'From raw.']);
    expect(messages).toEqual([
      { role: 'user', content: 'Where from?' },
      {
        ...{ role: 'assistant', content: 'Let me look.', providerState: { thought: 1 } },
        toolCalls: [{ id: 't1', name: 'upstream', arguments: { table: 'orders' } }],
      },
      { role: 'tool', toolCallId: 't1', content: '{"table":"orders"} comes from raw' },
      { role: 'assistant', content: 'From raw.' },
    ]);
    expect(requests[1]?.messages).toEqual(messages.slice(0, 3));
    expect(requests[1]?.tools).toEqual([
      { name: 'upstream', description: 'Does upstream.', parameters: upstream.parameters },
    ]);
  });

  it('runs the calls of one answer side by side, and answers in their order', async () => {
    let running = 0;
    let most = 0;
    const slow = toolOf(
      'slow',
      async (input) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, Number(Object(input).ms)));
        running -= 1;
        return { content: JSON.stringify(input) };
      },
      { ms: { type: 'number' } },
    );
    const { messages } = await run([calling(['a', 'slow', { ms: 20 }], ['b', 'slow', { ms: 1 }])], { tools: [slow] });
    expect(most).toBe(2);
    expect(toolMessages(messages)).toMatchObject([
      { toolCallId: 'a', content: '{"ms":20}' },
      { toolCallId: 'b', content: '{"ms":1}' },
    ]);
  });

  it.each([
    ['an unknown tool', ['t1', 'downstream', {}], 'there is no tool "downstream"; the tools are upstream'],
    ['arguments that do not fit', ['t1', 'upstream', { table: 5 }], 'the arguments of upstream do not fit'],
    ['arguments that are missing', ['t1', 'upstream', {}], 'the arguments of upstream do not fit'],
    ['arguments that nobody knows', ['t1', 'upstream', { table: 'x', limit: 1 }], 'Unrecognized key'],
    ['arguments that are not JSON', ['t1', 'upstream', '{"table": "ord'], 'they are not a JSON object'],
    ['arguments that are a list', ['t1', 'upstream', ['orders']], 'do not fit'],
  ] as const)('tells the model about %s', async (_, call, problem) => {
    const { messages, stop } = await run([calling(call)]);
    expect(stop).toBe('answered');
    expect(toolMessages(messages)).toEqual([
      { role: 'tool', toolCallId: 't1', isError: true, content: expect.stringContaining(problem) },
    ]);
  });

  it('reads arguments that came as a text, and takes none for none', async () => {
    const free = toolOf('free', async (input) => ({ content: JSON.stringify(input) }));
    const { messages } = await run([calling(['a', 'upstream', '{"table":"orders"}'], ['b', 'free', ''])], {
      tools: [upstream, free],
    });
    expect(toolMessages(messages)).toMatchObject([{ content: '{"table":"orders"} comes from raw' }, { content: '{}' }]);
  });

  it('passes on what a tool calls an error', async () => {
    const failing = toolOf('failing', async () => ({ content: 'not in the graph', isError: true }));
    const { messages } = await run([calling(['a', 'failing', {}])], { tools: [failing] });
    expect(toolMessages(messages)).toEqual([
      { role: 'tool', toolCallId: 'a', content: 'not in the graph', isError: true },
    ]);
  });

  it('asks for an answer without tools at the cap, with what was found out as text', async () => {
    const again = calling(['t', 'upstream', { table: 'orders' }]);
    const { stop, response, requests } = await run([again, again, { text: 'Probably raw.' }], { maxIterations: 2 });
    expect([stop, response.text]).toEqual(['max_iterations', 'Probably raw.']);
    const final = requests[2];
    expect(final).not.toHaveProperty('tools');
    expect(final?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(final?.messages.at(-1)?.content).toMatch(
      /You called upstream\(\{"table":"orders"\}\)\.\s+The tool answered:\s+\{"table":"orders"\} comes from raw/,
    );
  });

  it('asks at once for an answer when no iteration is allowed', async () => {
    const { stop, requests } = await run([], { maxIterations: 0 });
    expect(stop).toBe('max_iterations');
    expect(requests[0]?.messages).toEqual(request.messages);
  });

  it.each([
    ['alone', '{"name": "upstream", "arguments": {"table": "orders"}}'],
    ['with parameters', '{"type": "function", "name": "upstream", "parameters": {"table": "orders"}}'],
    [
      'as a function',
      '{"tool_calls": [{"function": {"name": "upstream", "arguments": "{\\"table\\":\\"orders\\"}"}}]}',
    ],
    ['in a list', '[{"tool": "upstream", "input": {"table": "orders"}}]'],
    ['in a fence', 'I will call:\n```json\n{"name": "upstream", "arguments": {"table": "orders"}}\n```'],
    ['in tags', 'Hm.\n<tool_call>\n{"name": "upstream", "arguments": {"table": "orders"}}\n</tool_call>'],
  ])('understands a call that was written as text, %s', async (_, text) => {
    const { messages, stop } = await run([{ text }]);
    expect(stop).toBe('answered');
    expect(toolMessages(messages)).toEqual([
      { role: 'tool', toolCallId: 'written-1-1', content: '{"table":"orders"} comes from raw' },
    ]);
  });

  it('tells the model about a written call of an unknown tool', async () => {
    const { messages } = await run([{ text: '{"name": "downstream", "arguments": {}}' }]);
    expect(toolMessages(messages)).toMatchObject([{ isError: true }]);
  });

  it.each(['{"name": "orders", "owner": "me", "parameters": []}', '{"answer": 5}', 'just {words}'])(
    'takes %s for an answer',
    async (text) => {
      expect(await run([{ text }])).toMatchObject({ stop: 'answered', response: { text } });
    },
  );

  it('hands the signal of the run to tools, and ends with it', async () => {
    const stop = new AbortController();
    const endless = toolOf('endless', (_, signal) => {
      setImmediate(() => stop.abort());
      return new Promise((resolve) => signal?.addEventListener('abort', () => resolve({ content: 'late' })));
    });
    await expect(
      run([calling(['a', 'endless', {}])], { tools: [endless], session: new KeptSession({ signal: stop.signal }) }),
    ).rejects.toMatchObject({ code: 'model/cancelled' });
  });

  it('writes every call down, and finds all of them again', async () => {
    const answers = [calling(['t1', 'upstream', { table: 'orders' }]), { text: 'From raw.' }];
    const { session } = await run(answers);
    expect(session.calls.map(({ decision }) => decision.response)).toEqual([
      '{"tool_calls":[{"name":"upstream","arguments":{"table":"orders"}}]}',
      'From raw.',
    ]);
    const again = await run([], { session: new KeptSession({ answers: session.calls }) });
    expect(again.requests).toEqual([]);
    expect(again.response.text).toBe('From raw.');
  });
});
